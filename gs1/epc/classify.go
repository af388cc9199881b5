package epc

// A Classification is what bits seem to be.
type Classification struct {
	// Scheme is the scheme that the header names, or "" if no scheme has it.
	Scheme string
	// Tag is the decoded tag. It is the zero Tag if Err isn't nil.
	Tag Tag
	// Err is why the bits are no EPC.
	Err error
	// Doubts are what speaks against bits that decode: signs of a tag that nobody has written, or
	// not so that it identifies anything.
	Doubts []string
}

// Classify returns what bits are, as the words of an EPC, and what speaks against it. Chips leave
// the factory with numbers that happen to be valid EPCs, which [Decode] accepts: Doubts name the
// signs.
func Classify(bits []byte) Classification {
	var c Classification
	if len(bits) > 0 && byHeader[bits[0]] != nil {
		c.Scheme = byHeader[bits[0]].name
	}
	c.Tag, c.Err = Decode(bits)
	if c.Err == nil {
		c.Doubts = c.Tag.doubts(bits)
	}
	return c
}

// doubts returns what speaks against a tag.
func (t *Tag) doubts(bits []byte) (doubts []string) {
	e := &t.EPC
	key := e.keyText()
	if len(bits) > 3 && bits[1] == 0 && (bits[2] == 0xE2 || bits[2] == 0xE0) {
		doubts = append(doubts, "the bytes after the header are those of a TID ("+hexOf(bits[2:4])+
			"…): a factory number, not an EPC")
	}
	if k := e.kind; forms[k].ai == "01" || k == itip {
		if what := reserved(key); what != "" {
			doubts = append(doubts, "the GTIN is a number for "+what)
		}
	}
	if e.prefix > 0 && allZero(key[forms[e.kind].first:forms[e.kind].first+e.prefix]) {
		doubts = append(doubts, "the company prefix is all zeros")
	}
	if sch := byHeader[bits[0]]; sch.filter > 0 && FilterName(sch.name, t.Filter) == "" {
		doubts = append(doubts, "filter value "+itoa(t.Filter)+" is reserved")
	}
	if m, err := t.Message(); err == nil && forms[e.kind].ai != "" {
		if err := m.Validate(); err != nil {
			doubts = append(doubts, err.Error())
		}
	}
	return doubts
}

func allZero(digits []byte) bool {
	for _, c := range digits {
		if c != '0' {
			return false
		}
	}
	return true
}
