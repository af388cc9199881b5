package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/serial"
)

const (
	product = "09506000134352"
	number  = "9NQS1DT9H"
)

func ring(t testing.TB, ids ...string) serial.Keyring {
	var r serial.Keyring
	for _, id := range ids {
		k, err := serial.KeyOf(id, []byte(strings.Repeat("K", 31)+id[:1]))
		require.NoError(t, err)
		r, err = r.With(k)
		require.NoError(t, err)
	}
	return r
}

func TestTagIsTruncatedHMAC(t *testing.T) {
	keys := ring(t, "A")
	k, _ := keys.Current()
	h := hmac.New(sha256.New, derive(k, "seal hmac-sha256"))
	h.Write([]byte("\x0e" + product + number))
	whole := base32.NewEncoding(crockford).WithPadding(base32.NoPadding).EncodeToString(h.Sum(nil))
	for n := MinTag; n <= MaxTag; n++ {
		m, err := NewMAC(keys, n)
		require.NoError(t, err)
		require.Equal(t, "A."+whole[:n], m.Tag(product, number))
		require.Equal(t, "x"+whole[:n], string(m.AppendTag([]byte("x"), product, number)))
	}
	for _, n := range []int{-1, 0, 3, 27} {
		_, err := NewMAC(keys, n)
		require.ErrorIs(t, err, ErrLength)
	}
}

func TestMACVerifies(t *testing.T) {
	old, err := NewMAC(ring(t, "A"), 8)
	require.NoError(t, err)
	m, err := NewMAC(ring(t, "A", "B"), 8)
	require.NoError(t, err)
	for _, tag := range []string{m.Tag(product, number), old.Tag(product, number), string(m.AppendTag(nil, product, number)), string(old.AppendTag(nil, product, number))} {
		require.NoError(t, m.Verify(product, number, tag))
		require.ErrorIs(t, m.Verify(product, number+"0", tag), ErrForged)
		require.ErrorIs(t, m.Verify(product+number[:1], number[1:], tag), ErrForged, "moving the border between product and serial")
		require.ErrorIs(t, m.Verify(product, number, tag+"0"), ErrForm)
	}
	tag := old.AppendTag(nil, product, number)
	require.NoError(t, m.Verify(product, number, strings.ToLower(string(tag))))
	require.NoError(t, m.Verify(product, number, strings.NewReplacer("0", "o", "1", "l").Replace(string(tag))))
	for i := range tag { // every other character in every place
		for _, c := range []byte(crockford) {
			bad := []byte(string(tag))
			bad[i] = c
			if string(bad) != string(tag) {
				require.ErrorIs(t, m.Verify(product, number, string(bad)), ErrForged)
			}
		}
	}
	require.ErrorIs(t, old.Verify(product, number, m.Tag(product, number)), ErrKey)
	require.ErrorIs(t, m.Verify(product, number, "A.ABCDEFG!"), ErrForm)
	require.InEpsilon(t, 2.0/(1<<40), m.Odds(), 1e-9)
	_, err = NewMAC(serial.Keyring{}, 8)
	require.ErrorIs(t, err, ErrKey)
}

func TestSignatures(t *testing.T) {
	old, err := NewSigner(ring(t, "A"))
	require.NoError(t, err)
	s, err := NewSigner(ring(t, "A", "B"))
	require.NoError(t, err)
	var public []PublicKey
	for _, k := range s.PublicKeys() {
		text, err := k.MarshalText()
		require.NoError(t, err)
		var back PublicKey
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, k, back)
		public = append(public, back)
	}
	v, err := NewVerifier(public...)
	require.NoError(t, err)
	for _, seal := range []string{old.Sign(product, number), s.Sign(product, number)} {
		require.Len(t, seal, 88)
		require.NoError(t, v.Verify(product, number, seal))
		require.ErrorIs(t, v.Verify(product, number+"0", seal), ErrForged)
		require.ErrorIs(t, v.Verify(product+number[:1], number[1:], seal), ErrForged)
		require.ErrorIs(t, v.Verify(product, number, seal[:87]), ErrForm)
		require.ErrorIs(t, v.Verify(product, number, "C"+seal[1:]), ErrKey)
		require.ErrorIs(t, v.Verify(product, number, seal[2:]), ErrForm)
	}
	_, err = NewSigner(serial.Keyring{})
	require.ErrorIs(t, err, ErrKey)
	_, err = NewVerifier(public[0], public[0])
	require.ErrorIs(t, err, ErrKey)
	_, err = NewVerifier(PublicKey{ID: "A"})
	require.ErrorIs(t, err, ErrKey)
	require.ErrorIs(t, new(PublicKey).UnmarshalText([]byte("A 00")), ErrKey)
}

func TestKeysNeverShow(t *testing.T) {
	keys := ring(t, "A")
	k, _ := keys.Current()
	m, err := NewMAC(keys, 8)
	require.NoError(t, err)
	s, err := NewSigner(keys)
	require.NoError(t, err)
	type holder struct {
		m MAC
		s Signer
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x"} {
		for _, v := range []any{m, *m, s, *s, holder{*m, *s}, &holder{*m, *s}} {
			out := fmt.Sprintf(verb, v)
			for _, purpose := range []string{"seal hmac-sha256", "seal ed25519"} {
				secret := derive(k, purpose)
				require.NotContains(t, out, fmt.Sprintf("%x", secret[:4]))
				require.NotContains(t, out, strings.Trim(fmt.Sprint(secret[:4]), "[]"))
			}
			require.NotContains(t, out, "KKK")
		}
	}
}

// FuzzVerify gives both verifiers whatever text: nothing panics, and nothing but the seal is accepted.
func FuzzVerify(f *testing.F) {
	keys := ring(f, "A", "B")
	m, err := NewMAC(keys, 26)
	require.NoError(f, err)
	s, err := NewSigner(keys)
	require.NoError(f, err)
	v, err := NewVerifier(s.PublicKeys()...)
	require.NoError(f, err)
	f.Add(product, number, m.Tag(product, number))
	f.Add(product, number, s.Sign(product, number))
	f.Fuzz(func(t *testing.T, product, number, text string) {
		if m.Verify(product, number, text) == nil {
			plain := retype.Replace(strings.ToUpper(text[strings.LastIndexByte(text, '.')+1:]))
			a := string(m.AppendTag(nil, product, number))
			old, _ := NewMAC(ring(t, "A"), 26)
			b := string(old.AppendTag(nil, product, number))
			require.Contains(t, []string{a, b}, plain)
		}
		if v.Verify(product, number, text) == nil {
			old, _ := NewSigner(ring(t, "A"))
			require.Contains(t, []string{s.Sign(product, number), old.Sign(product, number)}, text)
		}
	})
}

func BenchmarkAppendTag(b *testing.B) {
	m, err := NewMAC(ring(b, "A"), 8)
	require.NoError(b, err)
	buf := make([]byte, 0, 32)
	b.ReportAllocs()
	for b.Loop() {
		m.AppendTag(buf, product, number)
	}
}

func BenchmarkVerifySignature(b *testing.B) {
	s, err := NewSigner(ring(b, "A"))
	require.NoError(b, err)
	v, err := NewVerifier(s.PublicKeys()...)
	require.NoError(b, err)
	seal := s.Sign(product, number)
	b.ReportAllocs()
	for b.Loop() {
		if err := v.Verify(product, number, seal); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleNewMAC() {
	key, _ := serial.KeyOf("A", []byte("sixteen byte key")) // in earnest: serial.NewKey, kept in a file
	keys, _ := serial.NewKeyring(key)
	m, err := NewMAC(keys, 8)
	if err != nil {
		fmt.Println(err)
		return
	}
	tag := m.Tag("09506000134352", "9NQS1DT9H")
	fmt.Println(tag, m.Verify("09506000134352", "9NQS1DT9H", tag))
	fmt.Println(m.Verify("09506000134352", "9NQS1DT8H", tag))
	fmt.Printf("one guess in %.0f\n", 1/m.Odds())
	// Output:
	// A.8FW6TP50 <nil>
	// seal: seal does not fit: product "09506000134352", serial "9NQS1DT8H"
	// one guess in 1099511627776
}
