package serial_test

import (
	"fmt"
	"time"

	"github.com/gonameplate/nameplate/serial"
)

func ExampleCompile() {
	s, err := serial.Compile("SN{YY}{MM}{index:5}{check}")
	if err != nil {
		fmt.Println(err)
		return
	}
	f := serial.Fields{Time: time.Date(2026, 11, 22, 14, 5, 0, 0, time.UTC)}
	text, _ := s.Format(f, 42)
	fmt.Println(text, s.Capacity())

	back, index, err := s.Parse(serial.Fields{}, text)
	fmt.Println(back.Time.Format("January 2006"), index, err)

	_, _, err = s.Parse(serial.Fields{}, "SN26110O0421")
	fmt.Println(err)
	_, err = serial.Compile("SN{index:5 scrambled}")
	fmt.Println(err)
	// Output:
	// SN2611000421 100000
	// November 2026 42 <nil>
	// serial: "SN26110O0421" at character 8 ("O"): index: wrong character: want one of 0123456789; is it a 0?
	// serial: pattern "SN{index:5 scrambled}" at character 3 ("{index:5 scrambled}"): index: a scrambled index has 100000 numbers, want 1,000,000 or more (NIST SP 800-38G); make it 6 characters wide
}

func ExampleScheme_WithKeys() {
	s := serial.MustCompile("{index:8 crockford scrambled group=4}{check}{odds:1/10000}")
	// in earnest: serial.GenerateKey, kept in a file
	key, _ := serial.NewKey("2026", []byte("sixteen byte key"))
	ring, _ := serial.NewKeyring(key)
	s, err := s.WithKeys(ring)
	if err != nil {
		fmt.Println(err)
		return
	}
	f := serial.Fields{Product: "09506000134352"}
	for i := range uint64(3) {
		text, _ := s.Format(f, i)
		shown, _ := s.Display(text)
		fmt.Println(text, shown)
	}
	fmt.Println(s.Capacity(), ring)
	// Output:
	// 9NQS1DT9H 9NQS-1DT9H
	// D29S68Y9V D29S-68Y9V
	// CJB5K3602 CJB5-K3602
	// 109951162 keyring["2026"]
}

func ExampleScheme_Diagnose() {
	s := serial.MustCompile("SN{index:6 crockford}{check}")
	text, _ := s.Format(serial.Fields{}, 123_456_789)
	fmt.Println(text)
	for _, typed := range []string{"sn-3nqk8n5", "SN3NQKBN5", "SN3QNK8N5"} {
		if d := s.Diagnose(serial.Fields{}, typed, 200_000_000); d != nil {
			meant := d.Suggestions[0]
			fmt.Println(typed, "→", meant.Serial+":", meant.Mistake)
		}
	}
	// Output:
	// SN3NQK8N5
	// sn-3nqk8n5 → SN3NQK8N5: capitals, spaces or marks
	// SN3NQKBN5 → SN3NQK8N5: characters that look alike
	// SN3QNK8N5 → SN3NQK8N5: two neighbours changed places
}

func ExampleSet_Identify() {
	set := serial.NewSet(map[string]*serial.Scheme{
		"pumps":  serial.MustCompile("SN{YY}{MM}{index:5}{check}"),
		"motors": serial.MustCompile("M{plant:Berlin=B,Austin=A}{YYYY}{index:6}"),
	})
	for _, m := range set.Identify("MB2026000421") {
		fmt.Println(m.Name, m.Fields.Plant, m.Index, m.From.Year())
	}
	// Output:
	// motors Berlin 421 2026
}
