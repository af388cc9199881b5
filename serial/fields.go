package serial

import "time"

// Fields are the facts of a unit that a scheme may spell into its serial, count by, or check it against. Fields that a
// scheme does not name are ignored by it.
type Fields struct {
	Time    time.Time // when the unit is made, with the plant's offset
	Product string    // the product's code, for GS1 users the GTIN's 14 digits
	Lot     string
	Plant   string
	Line    string
	Shift   string
	Values  map[string]string // further fields by the names that the pattern gives them
}
