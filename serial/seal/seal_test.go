package seal

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"regexp"
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
		k, err := serial.NewKey(id, []byte(strings.Repeat("K", 31)+id[:1]))
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

// TestVectors compares with what Python's hmac and OpenSSL's Ed25519 make of the same keys
// (testdata/vectors.py).
func TestVectors(t *testing.T) {
	text, err := os.ReadFile("testdata/vectors.txt")
	require.NoError(t, err)
	for _, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		f := strings.Split(line, "\t")
		require.Len(t, f, 6)
		secret, err := hex.DecodeString(f[0])
		require.NoError(t, err)
		k, err := serial.NewKey("A", secret)
		require.NoError(t, err)
		keys, err := serial.NewKeyring(k)
		require.NoError(t, err)
		for _, n := range []int{MinTag, 13, MaxTag} {
			m, err := NewMAC(keys, n)
			require.NoError(t, err)
			require.Equal(t, "A."+f[3][:n], m.Tag(f[1], f[2]))
			require.NoError(t, m.Verify(f[1], f[2], f[3][:n]))
		}
		s, err := NewSigner(keys)
		require.NoError(t, err)
		require.Equal(t, "A."+f[5], s.Sign(f[1], f[2]))
		public, err := s.PublicKeys()[0].MarshalText()
		require.NoError(t, err)
		require.Equal(t, "A "+f[4], string(public))
	}
}

// TestNoTwoMessagesAreEqual moves the border between product and serial, which the length before
// them fixes.
func TestNoTwoMessagesAreEqual(t *testing.T) {
	whole := strings.Repeat("0", 300)
	seen := map[string]int{}
	for i := range len(whole) + 1 {
		m := string(message(nil, whole[:i], whole[i:]))
		before, twice := seen[m]
		require.False(t, twice, "%d and %d", before, i)
		seen[m] = i
	}
}

// TestTagsAreReadAsTyped reads each character that people may type for one of a tag, and rejects
// the others.
func TestTagsAreReadAsTyped(t *testing.T) {
	m, err := NewMAC(ring(t, "A"), MaxTag)
	require.NoError(t, err)
	read := map[byte]string{'0': "0Oo", '1': "1IiLl"}
	for _, c := range []byte("23456789") {
		read[c] = string(c)
	}
	for _, c := range "ABCDEFGHJKMNPQRSTVWXYZ" {
		read[byte(c)] = string(c) + strings.ToLower(string(c))
	}
	require.Len(t, read, 32, "five bits a character")
	tested := map[byte]bool{}
	for i := 0; len(tested) < len(read); i++ { // serials whose tags have all characters
		require.Less(t, i, 1000)
		sn := fmt.Sprint("SN", i)
		tag := string(m.AppendTag(nil, product, sn))
		for place := range len(tag) {
			tested[tag[place]] = true
			for c := range 256 {
				typed := tag[:place] + string([]byte{byte(c)}) + tag[place+1:]
				err := m.Verify(product, sn, typed)
				switch meant := strings.IndexByte(read[tag[place]], byte(c)) >= 0; {
				case meant:
					require.NoError(t, err, "%q for %q", c, tag[place])
				case c == '.': // it ends an identifier
					require.ErrorIs(t, err, ErrForm)
				default:
					require.Error(t, err, "%q for %q", c, tag[place])
				}
			}
		}
	}
}

func TestSealedSerial(t *testing.T) {
	old, err := NewMAC(ring(t, "A"), 10)
	require.NoError(t, err)
	m, err := NewMAC(ring(t, "A", "B"), 10)
	require.NoError(t, err)
	for _, s := range []string{old.Seal(product, number), m.Seal(product, number),
		strings.ToLower(m.Seal(product, number))} {
		require.Len(t, s, len(number)+10)
		opened, err := m.Open(product, s)
		if s[:len(number)] != number { // the serial itself is never retyped
			require.ErrorIs(t, err, ErrForged)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, number, opened)
		_, err = m.Open(product, s[1:])
		require.ErrorIs(t, err, ErrForged)
		_, err = m.Open("other", s)
		require.ErrorIs(t, err, ErrForged)
	}
	_, err = m.Open(product, "123456789")
	require.ErrorIs(t, err, ErrForm)
	_, err = m.Open(product, number+"ABCDEFGHU*")
	require.ErrorIs(t, err, ErrForm)
	empty, err := m.Open(product, m.Seal(product, ""))
	require.NoError(t, err)
	require.Empty(t, empty)
}

// TestStatedOdds reads the odds from the comment that states them.
func TestStatedOdds(t *testing.T) {
	source, err := os.ReadFile("mac.go")
	require.NoError(t, err)
	stated := regexp.MustCompile(`(\d+): (\d\.\de\+\d\d)`).FindAllStringSubmatch(string(source), -1)
	require.Len(t, stated, MaxTag-MinTag+1)
	for i, s := range stated {
		require.Equal(t, fmt.Sprint(MinTag+i), s[1])
		m, err := NewMAC(ring(t, "A"), MinTag+i)
		require.NoError(t, err)
		require.Equal(t, fmt.Sprintf("%.1e", 1/m.Odds()), s[2])
	}
}

func TestMACVerifies(t *testing.T) {
	old, err := NewMAC(ring(t, "A"), 8)
	require.NoError(t, err)
	m, err := NewMAC(ring(t, "A", "B"), 8)
	require.NoError(t, err)
	for _, tag := range []string{m.Tag(product, number), old.Tag(product, number),
		string(m.AppendTag(nil, product, number)), string(old.AppendTag(nil, product, number))} {
		require.NoError(t, m.Verify(product, number, tag))
		require.ErrorIs(t, m.Verify(product, number+"0", tag), ErrForged)
		require.ErrorIs(t, m.Verify(product+number[:1], number[1:], tag), ErrForged,
			"moving the border between product and serial")
		require.ErrorIs(t, m.Verify(product, number, tag+"0"), ErrForm)
	}
	tag := old.AppendTag(nil, product, number)
	require.NoError(t, m.Verify(product, number, strings.ToLower(string(tag))))
	require.NoError(t, m.Verify(product, number,
		strings.NewReplacer("0", "o", "1", "l").Replace(string(tag))))
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
		require.ErrorIs(t, v.Verify(product, number, seal+"\n"), ErrForm)
		require.ErrorIs(t, v.Verify(product, number, seal[:40]+"\r\n"+seal[40:]), ErrForm)
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
	nameless, err := public[0].MarshalText()
	require.NoError(t, err)
	require.ErrorIs(t, new(PublicKey).UnmarshalText(nameless[1:]), ErrKey)
}

func TestKeysNeverShow(t *testing.T) {
	keys := ring(t, "A")
	k, _ := keys.Current()
	m, err := NewMAC(keys, 8)
	require.NoError(t, err)
	s, err := NewSigner(keys)
	require.NoError(t, err)
	m.Tag(product, number) // fills the pool
	type holder struct {
		m MAC
		s Signer
	}
	check := func(out string) {
		t.Helper()
		require.NotContains(t, out, "KKK")
		for _, purpose := range []string{"seal hmac-sha256", "seal ed25519"} {
			secret := derive(k, purpose)
			for _, spelling := range []string{fmt.Sprintf("%x", secret[:4]),
				fmt.Sprintf("%X", secret[:4]), strings.Trim(fmt.Sprint(secret[:4]), "[]"),
				strings.ReplaceAll(strings.Trim(fmt.Sprint(secret[:4]), "[]"), " ", ","),
				base64.StdEncoding.EncodeToString(secret)[:5]} {
				require.NotContains(t, out, spelling)
			}
		}
	}
	for _, v := range []any{m, *m, s, *s, holder{*m, *s}, &holder{*m, *s}, []any{*m, *s}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%o"} {
			check(fmt.Sprintf(verb, v))
		}
		data, _ := json.Marshal(v) // an error is fine
		check(string(data))
		var buf bytes.Buffer
		if err := gob.NewEncoder(&buf).Encode(v); err != nil {
			check(err.Error())
		}
		slog.New(slog.NewJSONHandler(&buf, nil)).Info("a", "v", v)
		slog.New(slog.NewTextHandler(&buf, nil)).Info("a", "v", v)
		check(buf.String())
	}
	tag := string(m.AppendTag(nil, product, number))
	err = m.Verify(product, number, "AAAAAAAA")
	require.ErrorIs(t, err, ErrForged)
	require.NotContains(t, err.Error(), tag, "nor the tag that would have been right")
	check(err.Error())
}

// FuzzVerify gives both verifiers whatever text: nothing panics, and nothing but the seal is
// accepted.
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
			plain := strings.NewReplacer("I", "1", "L", "1", "O",
				"0").Replace(strings.ToUpper(text[strings.LastIndexByte(text, '.')+1:]))
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

// FuzzOpen opens nothing but what Seal makes.
func FuzzOpen(f *testing.F) {
	m, err := NewMAC(ring(f, "A"), 13)
	require.NoError(f, err)
	f.Add(product, m.Seal(product, number))
	f.Add("", m.Seal("", ""))
	f.Add("a", "")
	f.Fuzz(func(t *testing.T, product, sealed string) {
		if s, err := m.Open(product, sealed); err == nil {
			require.True(t, strings.HasPrefix(sealed, s))
			require.Len(t, m.Seal(product, s), len(sealed))
			require.NoError(t, m.Verify(product, s, sealed[len(s):]))
		} else {
			require.NotEmpty(t, err.Error())
		}
		opened, err := m.Open(product, m.Seal(product, sealed))
		require.NoError(t, err)
		require.Equal(t, sealed, opened)
	})
}

// FuzzPublicKey reads back what it writes, and nothing else.
func FuzzPublicKey(f *testing.F) {
	s, err := NewSigner(ring(f, "A"))
	require.NoError(f, err)
	text, err := s.PublicKeys()[0].MarshalText()
	require.NoError(f, err)
	f.Add(text)
	f.Add([]byte(" "))
	f.Fuzz(func(t *testing.T, text []byte) {
		var k PublicKey
		if k.UnmarshalText(text) != nil {
			return
		}
		back, err := k.MarshalText()
		require.NoError(t, err)
		require.Equal(t, string(text), string(back))
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

func BenchmarkVerifyTag(b *testing.B) {
	m, err := NewMAC(ring(b, "A"), 8)
	require.NoError(b, err)
	tag := m.Tag(product, number)
	b.ReportAllocs()
	for b.Loop() {
		if err := m.Verify(product, number, tag); err != nil {
			b.Fatal(err)
		}
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
	// in earnest: serial.GenerateKey, kept in a file
	key, _ := serial.NewKey("A", []byte("sixteen byte key"))
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
	// seal: seal does not match: product "09506000134352", serial "9NQS1DT8H"
	// one guess in 1099511627776
}

// A serial that carries its tag: nine characters and ten, which AI (21) has room for.
func ExampleMAC_Seal() {
	key, _ := serial.NewKey("A", []byte("sixteen byte key"))
	keys, _ := serial.NewKeyring(key)
	m, err := NewMAC(keys, 10)
	if err != nil {
		fmt.Println(err)
		return
	}
	sealed := m.Seal("09506000134352", "9NQS1DT9H")
	fmt.Println(sealed)
	fmt.Println(m.Open("09506000134352", sealed))
	_, err = m.Open("09506000134352", "9NQS1DT8H"+sealed[9:])
	fmt.Println(err)
	// Output:
	// 9NQS1DT9H8FW6TP50TM
	// 9NQS1DT9H <nil>
	// seal: seal does not match: product "09506000134352", serial "9NQS1DT8H"
}

// A signature in the query of a GS1 Digital Link, which an app checks that holds the public keys
// only.
func ExampleSigner() {
	key, _ := serial.NewKey("A", []byte("sixteen byte key"))
	keys, _ := serial.NewKeyring(key)
	signer, err := NewSigner(keys)
	if err != nil {
		fmt.Println(err)
		return
	}
	link := "https://id.example.com/01/09506000134352/21/9NQS1DT9H?seal=" +
		signer.Sign("09506000134352", "9NQS1DT9H")
	page, query, _ := strings.Cut(link, "?")
	fmt.Println(page)
	fmt.Println(query)

	app, err := NewVerifier(signer.PublicKeys()...)
	if err != nil {
		fmt.Println(err)
		return
	}
	scanned, err := url.Parse(link)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(app.Verify("09506000134352", "9NQS1DT9H", scanned.Query().Get("seal")))
	fmt.Println(app.Verify("09506000134352", "9NQS1DT8H", scanned.Query().Get("seal")))
	// Output:
	// https://id.example.com/01/09506000134352/21/9NQS1DT9H
	// seal=A.E1a1nE45V9IjoqqHsPo_2KZ4hd0LDT5nLnNcF9zKiHjZW8VxJNHCYAc5FWNAxaEX9_bBSU_y25l-gQ0vE7phAw
	// <nil>
	// seal: seal does not match: product "09506000134352", serial "9NQS1DT8H"
}

func TestErrorsHaveThePlace(t *testing.T) {
	m, err := NewMAC(ring(t, "A"), 8)
	require.NoError(t, err)
	err = m.Verify(product, number, "A.00U00000")
	require.EqualError(t, err, `seal: not a seal: "U" at character 3, want one of `+crockford)
	require.EqualError(t, m.Verify(product, number, "A.0"), "seal: not a seal: 1 character, want 8")
	_, err = m.Open(product, "123")
	require.EqualError(t, err, "seal: not a seal: 3 characters, want a tag of 8 at the end")

	s, err := NewSigner(ring(t, "A"))
	require.NoError(t, err)
	v, err := NewVerifier(s.PublicKeys()...)
	require.NoError(t, err)
	signature := strings.TrimPrefix(s.Sign(product, number), "A")
	require.EqualError(t, v.Verify(product, number, signature), `seal: key not available: no key ""`)
	require.ErrorIs(t, v.Verify(product, number, signature[1:]), ErrForm)

	require.Equal(t, `seal.Signer(key "A")`, fmt.Sprint(*s))
	require.Equal(t, "seal.MAC(8 characters, 1 keys)", fmt.Sprint(*m))
}
