package driver_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial/ledger/driver"
)

// record is one whose fields are all set.
func record() driver.Record {
	return driver.Record{
		Envelope: driver.Envelope{
			Seq: 300, Ledger: "inst", Epoch: 2, Kind: driver.KindBlock, Actor: "anna", Reason: "",
			Time:     time.Date(2026, 11, 22, 14, 30, 0, 123456789, time.FixedZone("", 3600)),
			Software: "süß", Previous: driver.ChainStart("before"),
		},
		Body: []byte(`{"product":"P","version":"v","scope":"s","first":7,"count":5}`),
	}
}

// TestDigest writes out what is hashed: lengths and numbers as varints, texts, and the hash before.
func TestDigest(t *testing.T) {
	r := record()
	var b strings.Builder
	b.WriteString("\xac\x02")          // 300
	b.WriteString("\x04inst")          //
	b.WriteString("\x02")              // epoch
	b.WriteString("\x05block\x04anna") //
	b.WriteString("\x00")              // no reason
	b.WriteString("\x20")              // 32 bytes of time
	b.WriteString("2026-11-22T14:30:00.123456+01:00")
	b.WriteString("\x05süß")
	before := sha256.Sum256([]byte("before"))
	b.Write(before[:])
	b.WriteString("\x3d" + string(r.Body))
	require.Equal(t, driver.Hash(sha256.Sum256([]byte(b.String()))), r.Digest())
}

// Every field but Hash is part of the hash.
func TestDigestCoversEveryField(t *testing.T) {
	was := record()
	digest := was.Digest()
	for name, change := range map[string]func(*driver.Record){
		"Seq":      func(r *driver.Record) { r.Seq++ },
		"Ledger":   func(r *driver.Record) { r.Ledger += "x" },
		"Epoch":    func(r *driver.Record) { r.Epoch++ },
		"Kind":     func(r *driver.Record) { r.Kind = driver.KindBurn },
		"Actor":    func(r *driver.Record) { r.Actor = "boris" },
		"Reason":   func(r *driver.Record) { r.Reason = "x" },
		"moved":    func(r *driver.Record) { r.Actor, r.Reason = "ann", "a" },
		"Time":     func(r *driver.Record) { r.Time = r.Time.Add(time.Microsecond) },
		"offset":   func(r *driver.Record) { r.Time = r.Time.UTC() },
		"Software": func(r *driver.Record) { r.Software = "" },
		"Previous": func(r *driver.Record) { r.Previous[31]++ },
		"Body":     func(r *driver.Record) { r.Body = append(r.Body, ' ') },
	} {
		r := record()
		change(&r)
		require.NotEqual(t, digest, r.Digest(), name)
	}
	was.Hash[0]++
	require.Equal(t, digest, was.Digest())
}

func TestCounterEnd(t *testing.T) {
	r := record()
	c, next, ok := r.CounterEnd()
	require.True(t, ok)
	require.Equal(t, driver.Counter{Product: "P", Version: "v", Scope: "s"}, c)
	require.EqualValues(t, 12, next)
	for kind, want := range map[driver.Kind]bool{
		driver.KindBlock: true, driver.KindBurn: true, driver.KindEpoch: false,
		driver.KindProduct: false, driver.KindMark: false, driver.KindEvent: false,
	} {
		r.Kind = kind
		_, next, ok := r.CounterEnd()
		require.Equal(t, want, ok, kind)
		require.Equal(t, want, next != 0, kind)
	}
	r.Kind, r.Body = driver.KindBlock, []byte(`{"first":`)
	c, next, ok = r.CounterEnd()
	require.False(t, ok)
	require.Zero(t, c)
	require.Zero(t, next)
}

func TestHash(t *testing.T) {
	h := driver.ChainStart("instance")
	require.Equal(t, driver.Hash(sha256.Sum256([]byte("instance"))), h)
	require.Equal(t, fmt.Sprintf("%x", h[:]), h.String())
	text, err := h.MarshalText()
	require.NoError(t, err)
	require.Equal(t, h.String(), string(text))
	var back driver.Hash
	require.NoError(t, back.UnmarshalText(text))
	require.Equal(t, h, back)
	for _, bad := range []string{"", "00", string(text[:63]), string(text) + "0",
		string(text) + "00",
		strings.Repeat("0", 63) + "g"} {
		err := back.UnmarshalText([]byte(bad))
		require.ErrorContains(t, err, "want 64 hexadecimal digits", bad)
		require.Equal(t, h, back, "it is left as it is")
	}
	require.Less(t, len(back.UnmarshalText([]byte(strings.Repeat("x", 1e6))).Error()), 200)
}

// TimeLayout keeps microseconds, and an offset for every time but that of UTC.
func TestTimeLayout(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 6000, time.UTC)
	require.Equal(t, "2026-01-02T03:04:05.000006Z", at.Format(driver.TimeLayout))
	require.Equal(t, "2026-01-01T21:34:05.000006-05:30",
		at.In(time.FixedZone("", -19800)).Format(driver.TimeLayout))
}
