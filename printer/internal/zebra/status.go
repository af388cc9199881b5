package zebra

// StatusQuery asks for the host status.
const StatusQuery = "~HS\r\n"

// Numbers of tokens in the three frames of the host status.
const (
	firstTokens  = 12
	secondTokens = 11
	thirdTokens  = 2
)

// Status finds the answer to ~HS, three frames of comma-separated tokens, and returns a scanner of
// each frame. What comes before and between the frames is skipped; of several answers the last one
// counts. The error is an *[Error].
func Status(reply []byte) (first, second, third Scanner, err error) {
	f := Frames(reply)
	for i := len(f) - 3; i >= 0; i-- {
		a, b, c := f[i], f[i+1], f[i+2]
		if a.Len() == firstTokens && b.Len() >= secondTokens && c.Len() == thirdTokens {
			scan := func(frame Frame) Scanner { return Scanner{query: "~HS", frame: frame} }
			return scan(a), scan(b), scan(c), nil
		}
	}
	err = newError("~HS", len(reply), reply, "three frames of 12, 11 and 2 values")
	return Scanner{}, Scanner{}, Scanner{}, err
}
