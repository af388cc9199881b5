package symbol

// A Group is a part of a symbol's human-readable interpretation that has a place of its own below
// the bars.
type Group struct {
	Text string

	// From and To are the columns From ≤ c < To in which it is centred. Those of a digit beside the
	// bars are in the quiet zone.
	From, To int

	Small bool // set smaller than the others, so that it is no wider than its columns
}

// Groups returns the parts of the symbol's human-readable interpretation in their places (GS1
// General Specifications, 5.2.5): the digits of EAN and UPC symbols are under the bars that encode
// them; the first of an EAN-13 symbol, and the first and last of a UPC symbol, are beside the guard
// bars. Of ITF-14 symbols it is one group with the check digit. It returns nil for a symbology
// whose interpretation is its content in one line.
func (s *Symbol) Groups() []Group {
	if groups := s.symbology.traits().groups; groups != nil {
		return groups(string(s.content))
	}
	return nil
}

// Guard reports whether column col belongs to the bars of an EAN or UPC symbol that reach below the
// others: its guard patterns, and the first and last digit of UPC-A.
func (s *Symbol) Guard(col int) bool {
	for _, g := range s.symbology.traits().guards {
		if col >= g[0] && col < g[1] {
			return true
		}
	}
	return false
}

// The columns of the groups: seven of each digit, four of a small one.

func ean13Groups(digits string) []Group {
	return []Group{
		{Text: digits[:1], From: -11, To: -4},
		{Text: digits[1:7], From: 3, To: 45},
		{Text: digits[7:], From: 50, To: 92},
	}
}

func ean8Groups(digits string) []Group {
	return []Group{{Text: digits[:4], From: 3, To: 31}, {Text: digits[4:], From: 36, To: 64}}
}

func upcaGroups(digits string) []Group {
	return []Group{
		{Text: digits[:1], From: -9, To: -5, Small: true},
		{Text: digits[1:6], From: 10, To: 45},
		{Text: digits[6:11], From: 50, To: 85},
		{Text: digits[11:], From: 100, To: 104, Small: true},
	}
}

func upceGroups(digits string) []Group {
	return []Group{
		{Text: digits[:1], From: -9, To: -5, Small: true},
		{Text: digits[1:7], From: 3, To: 45},
		{Text: digits[7:], From: 54, To: 58, Small: true},
	}
}

func itf14Groups(digits string) []Group {
	return []Group{{Text: digits, From: 0, To: 135}}
}
