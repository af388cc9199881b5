package sqlite_test

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/serial"
	"github.com/gonameplate/nameplate/serial/ledger"
	"github.com/gonameplate/nameplate/serial/ledger/sqlite"
)

// fixture is a ledger of format 1. Every later version must read it: it is never written again.
const fixture = "testdata/format1.db"

// TestFixture opens the ledger of format 1, reads it, and goes on with it.
func TestFixture(t *testing.T) {
	if _, err := os.Stat(fixture); os.IsNotExist(err) && ci.Update() {
		writeFixture(t)
	}
	w := newWorld(t)
	w.options = ledger.Options{Actor: "boris", Keys: fixtureKeys(t)}
	write(t, w.path, read(t, fixture))
	write(t, w.path+".mark", moved(t, read(t, fixture+".mark"), w.path+".mark"))
	useFixture(t, w.open())
	require.Equal(t, []string{"created", "behind", "adopted"}, w.epochs())

	copied := newWorld(t)
	copied.options = w.options
	write(t, copied.path, read(t, fixture))
	write(t, copied.path+".mark", read(t, fixture+".mark"))
	_, err := sqlite.Open(ctx, copied.path, &copied.options)
	require.ErrorIs(t, err, ledger.ErrCopied)
	copied.options.BurnAhead = 1000
	l := copied.open()
	b, err := l.Commission(ctx, ledger.Order{Product: "P", Count: 1})
	require.NoError(t, err)
	require.EqualValues(t, 1110, b.First)
	_, err = l.Audit(ctx)
	require.NoError(t, err)
}

func fixtureKeys(t *testing.T) serial.Keyring {
	t.Helper()
	var key [32]byte
	for i := range key {
		key[i] = byte(i)
	}
	k, err := serial.NewKey("k1", key[:])
	require.NoError(t, err)
	ring, err := serial.NewKeyring(k)
	require.NoError(t, err)
	return ring
}

// useFixture finds in the ledger what writeFixture has put into it, and adds to it.
func useFixture(t *testing.T, l *ledger.Ledger) {
	t.Helper()
	head, err := l.Audit(ctx)
	require.NoError(t, err)
	require.EqualValues(t, 13, head.Seq)
	for product, texts := range map[string][]string{"P": {"SN000000", "SN000002", "SN000108"},
		"K": fixtureSerials} {
		for _, text := range texts {
			_, err := l.Find(ctx, product, text)
			require.NoError(t, err, text)
		}
	}
	_, err = l.Find(ctx, "P", "SN000003")
	require.ErrorContains(t, err, "burnt")
	h, err := l.History(ctx, "P", "SN000001")
	require.NoError(t, err)
	var kinds []string
	for _, e := range h.Entries {
		kinds = append(kinds, string(e.Kind))
	}
	require.Equal(t, []string{"block", "mark", "mark", "event"}, kinds)
	require.Equal(t, "counted", h.Unit.Print.State)
	require.Equal(t, ledger.Place{Plant: "Lübeck", Line: "3", Shift: "2", Machine: "M7"},
		h.Unit.Print.Place)
	require.Equal(t, "packed", h.Entries[3].Event.Step)
	n := 0
	for _, err := range l.Recall(ctx, ledger.Query{Lot: "L42", Machine: "M7"}) {
		require.NoError(t, err)
		n++
	}
	require.Equal(t, 3, n)

	b, err := l.Commission(ctx, fixtureOrder)
	require.NoError(t, err)
	require.Equal(t, "1.3", b.ID, "an order that is sent again gets the same block")
	b, err = l.Commission(ctx, ledger.Order{Product: "P", Count: 1})
	require.NoError(t, err)
	require.EqualValues(t, 110, b.First, "3 issued, 5 burnt, 100 skipped, 2 issued")
	_, err = l.Audit(ctx)
	require.NoError(t, err)
}

var fixtureOrder = ledger.Order{
	Request: "order 17", Product: "P", Count: 3, Machine: "M7", Attributes: map[string]string{"po": "17"},
	Fields: serial.Fields{Lot: "L42", Plant: "Lübeck", Line: "3",
		Time: time.Date(2026, 11, 22, 14, 0, 0, 7, time.UTC)},
}

// fixtureSerials are those of product K.
var fixtureSerials = []string{"BRA8D6H9", "AG1QCTW3"}

// writeFixture makes the fixture. It has records of every kind, and epochs of every cause.
func writeFixture(t *testing.T) {
	t.Helper()
	w := newWorld(t)
	now := time.Date(2026, 11, 22, 14, 30, 0, 123456000, time.FixedZone("", 3600))
	w.options = ledger.Options{Actor: "anna", Software: "line 1.0", Clock: func() time.Time {
		now = now.Add(time.Second)
		return now
	}}
	l := w.open()
	product := ledger.Product{ID: "P", Name: "Pump", Scheme: serial.MustCompile("SN{index:6}")}
	require.NoError(t, l.Define(ctx, product))
	b, err := l.Commission(ledger.WithActor(ctx, "", "planned"), fixtureOrder)
	require.NoError(t, err)
	j := l.Journal(b).At(ledger.Place{Shift: "2"})
	require.NoError(t, j.Marks(ctx, "run 1",
		func(uint64, uint64, string, string) error { return nil }))
	require.NoError(t, j.Mark(ctx, "run 1", 0, 2, "intent", ""))
	require.NoError(t, j.Mark(ctx, "run 1", 0, 2, "counted", "counter=100..102"))
	require.NoError(t, l.Record(ctx, ledger.Event{Step: "packed", Product: "P",
		Serial: "SN000001", Happened: now,
		Attributes: map[string]string{"carton": "17"}, Actor: "cem"}))
	require.NoError(t, l.Close())

	old := read(t, w.path)
	l = w.open()
	_, err = l.Commission(ctx, ledger.Order{Product: "P", Count: 5})
	require.NoError(t, err)
	require.NoError(t, l.Close())
	write(t, w.path, old)
	require.NoError(t, w.open().Close()) // behind

	require.NoError(t, os.Remove(w.path+".mark"))
	w.options.BurnAhead = 100
	l = w.open() // adopted
	scheme, err := serial.MustCompile("{index:8 crockford scrambled}").WithKeys(fixtureKeys(t))
	require.NoError(t, err)
	require.NoError(t, l.Define(ctx, ledger.Product{ID: "K", Scheme: scheme}))
	b, err = l.Commission(ctx, ledger.Order{Product: "K", Count: 2})
	require.NoError(t, err)
	for u := range b.Units() {
		t.Log("fixtureSerials: ", u.Serial)
	}
	require.NoError(t, l.Record(ctx, ledger.Event{Step: "scrapped", Block: b.ID, From: 0, To: 2,
		Reason: "dropped"}))
	_, err = l.Commission(ctx, ledger.Order{Product: "P", Count: 2})
	require.NoError(t, err)
	require.NoError(t, l.Close())
	require.NoError(t, os.MkdirAll(filepath.Dir(fixture), 0o755))
	write(t, fixture, read(t, w.path))
	write(t, fixture+".mark", bytes.TrimRight(read(t, w.path+".mark"), "\x00"))
}

// A markLine is a line of a mark, as FORMAT.md describes it.
type markLine struct {
	Format int    `json:"nameplate_ledger_mark,omitempty"`
	Ledger string `json:"ledger,omitempty"`
	File   *struct {
		Device uint64 `json:"device"`
		Number uint64 `json:"number"`
		Path   string `json:"path"`
	} `json:"file,omitempty"`
	Last *struct {
		Epoch uint64 `json:"epoch"`
		Seq   uint64 `json:"seq"`
		Hash  string `json:"hash"`
	} `json:"last,omitempty"`
	Next []struct {
		Product string `json:"product"`
		Version string `json:"version"`
		Scope   string `json:"scope"`
		Next    uint64 `json:"next"`
	} `json:"next,omitempty"`
}

// markLines reads a mark as FORMAT.md describes it.
func markLines(t *testing.T, mark []byte) (list []markLine) {
	t.Helper()
	for line := range strings.Lines(string(bytes.TrimRight(mark, "\x00"))) {
		sum, body, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		crc := crc32.Checksum([]byte(body), crc32.MakeTable(crc32.Castagnoli))
		require.Equal(t, fmt.Sprintf("%08x", crc), sum)
		var l markLine
		d := json.NewDecoder(strings.NewReader(body))
		d.DisallowUnknownFields()
		require.NoError(t, d.Decode(&l))
		list = append(list, l)
	}
	return list
}

// moved adds to a mark that it is now the file at a path, as the library does after a move.
func moved(t *testing.T, mark []byte, path string) []byte {
	t.Helper()
	write(t, path, nil)
	device, number, err := sqlite.FileNumber(path)
	require.NoError(t, err)
	body, err := json.Marshal(map[string]any{"ledger": markLines(t, mark)[0].Ledger,
		"file": map[string]any{"device": device, "number": number, "path": path}})
	require.NoError(t, err)
	crc := crc32.Checksum(body, crc32.MakeTable(crc32.Castagnoli))
	return fmt.Appendf(bytes.Clone(mark), "%08x %s\n", crc, body)
}

// TestFormat holds FORMAT.md to the files: tables, columns, header, hashes and marks.
func TestFormat(t *testing.T) {
	text := string(read(t, "../FORMAT.md"))
	for name, test := range map[string]func(t *testing.T, w *world, text string){
		"tables":   testFormatOfTables,
		"header":   testFormatOfHeader,
		"hashes":   testFormatOfHashes,
		"order":    testFormatOfOrder,
		"mark":     testFormatOfMark,
		"examples": testFormatOfExamples,
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			write(t, w.path, read(t, fixture))
			test(t, w, text)
		})
	}
}

func testFormatOfTables(t *testing.T, w *world, text string) {
	fresh := newWorld(t)
	require.NoError(t, fresh.open().Close())
	for _, w := range []*world{w, fresh} {
		names := w.query("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")
		require.Equal(t, []string{"block", "burn", "epoch", "event", "mark", "product",
			"record", "state"}, names)
		for _, name := range names {
			columns := w.query("SELECT name FROM pragma_table_info('" + name + "')")
			require.Contains(t, text,
				fmt.Sprintf("| `%s` | `%s` |", name, strings.Join(columns, "`, `")))
		}
		for _, name := range w.query("SELECT name FROM sqlite_schema WHERE type IN ('index', 'trigger')") {
			require.Contains(t, text, "`"+name+"`")
		}
	}
}

func testFormatOfHeader(t *testing.T, w *world, text string) {
	file := read(t, fixture)
	require.Equal(t, "NPLT", string(file[68:72]))
	require.Equal(t, []byte{0, 0, 0, 1}, file[60:64])
	require.Contains(t, text, "0x4e504c54")
	require.Contains(t, text, "`user_version` is 1")
	var chain []byte
	db, err := sql.Open("sqlite", w.path)
	require.NoError(t, err)
	defer db.Close()
	var seq int
	require.NoError(t, db.QueryRow("SELECT seq, chain FROM state").Scan(&seq, &chain))
	require.Equal(t, 13, seq)
	require.Len(t, chain, 68)
	require.Contains(t, text, "68 bytes")
	require.Equal(t, file[40:44], chain[:4], "the schema's version")
	var last []byte
	require.NoError(t, db.QueryRow("SELECT hash FROM record WHERE seq = 13").Scan(&last))
	require.Equal(t, last, chain[36:])
	require.NoError(t, db.QueryRow("SELECT hash FROM record WHERE seq = 12").Scan(&last))
	require.Equal(t, last, chain[4:36])
	require.Equal(t, 1, bytes.Count(file[4096:8192], chain), "page 2 is that of the state")
}

func testFormatOfHashes(t *testing.T, w *world, text string) {
	db, err := sql.Open("sqlite", w.path)
	require.NoError(t, err)
	defer db.Close()
	rows, err := db.Query("SELECT seq, ledger, epoch, kind, actor, reason, time, software, previous, hash, body FROM record")
	require.NoError(t, err)
	defer rows.Close()
	var before []byte
	for rows.Next() {
		var seq, epoch uint64
		var instance, kind, actor, reason, at, software, body string
		var previous, hash []byte
		require.NoError(t, rows.Scan(&seq, &instance, &epoch, &kind, &actor, &reason, &at,
			&software, &previous, &hash, &body))
		if seq == 1 {
			start := sha256.Sum256([]byte(instance))
			before = start[:]
		}
		require.Equal(t, before, previous)
		b := binary.AppendUvarint(nil, seq)
		text := func(s string) { b = append(binary.AppendUvarint(b, uint64(len(s))), s...) }
		text(instance)
		b = binary.AppendUvarint(b, epoch)
		for _, s := range []string{kind, actor, reason, at, software} {
			text(s)
		}
		b = append(b, previous...)
		text(body)
		sum := sha256.Sum256(b)
		require.Equal(t, sum[:], hash)
		before = hash
	}
	require.NoError(t, rows.Err())
}

func testFormatOfOrder(t *testing.T, w *world, text string) {
	body := w.query("SELECT body FROM record WHERE seq = 3")[0]
	var block struct{ Order, Version string }
	require.NoError(t, json.Unmarshal([]byte(body), &block))
	for _, r := range [][2]string{{block.Order, strings.Repeat("0", 64)}, {block.Version, ""},
		{"SN000000", ""}, {"SN000002", ""}} {
		body = strings.Replace(body, `"`+r[0]+`"`, `"`+r[1]+`"`, 1)
	}
	require.Equal(t, block.Order, fmt.Sprintf("%x", sha256.Sum256([]byte(body))))
}

func testFormatOfMark(t *testing.T, w *world, text string) {
	lines := markLines(t, read(t, fixture+".mark"))
	require.Equal(t, 1, lines[0].Format)
	require.NotNil(t, lines[0].File)
	last := lines[len(lines)-1]
	require.EqualValues(t, 13, last.Last.Seq)
	require.Equal(t, w.query("SELECT lower(hex(hash)) FROM record WHERE seq = 13"),
		[]string{last.Last.Hash})
	require.EqualValues(t, 110, last.Next[0].Next)
	for _, key := range []string{"nameplate_ledger_mark", "ledger", "file", "device",
		"number", "path", "last",
		"epoch", "seq", "hash", "next", "product", "version", "scope"} {
		require.Contains(t, text, "`"+key+"`", "of a mark")
	}
}

func testFormatOfExamples(t *testing.T, w *world, text string) {
	blocks := regexp.MustCompile("(?s)```json\n(.*?)\n```").FindAllStringSubmatch(text, -1)
	require.Len(t, blocks, 6, "one of each kind")
	bodies := w.query("SELECT body FROM record")
	for _, b := range blocks {
		var short bytes.Buffer
		require.NoError(t, json.Compact(&short, []byte(b[1])))
		require.True(t, slices.Contains(bodies, short.String()), short.String())
	}
}
