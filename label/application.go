package label

import "github.com/gonameplate/nameplate/label/symbol"

// An Application is where a label's symbols are scanned. GS1 sets X-dimensions and bar heights by
// it (GS1 General Specifications, 5.12.3, GS1 symbol specification tables), and [Label.Preflight]
// reports a label that has others.
type Application uint8

// The applications.
const (
	AnyApplication      Application = iota // none declared: no range is checked
	GeneralDistribution                    // trade items: symbol specification table 2
	LogisticUnits                          // logistic units in general distribution: table 5
	RegulatedHealthcare                    // not in retail or general distribution: table 6
	RetailPharmacy                         // regulated healthcare items in retail: table 10
)

// dimensions are what a symbol specification table asks of a symbology, in mm; all zero is no
// demand.
type dimensions struct {
	low, target, high float64 // X-dimension
	barHeight         float64 // least height of bars
}

// applications have their names in templates, and their tables. In general distribution
// two-dimensional symbols are one and a half times as coarse as bars.
var applications = [...]struct {
	name string
	of   map[symbol.Symbology]dimensions // no demand on the others
}{
	AnyApplication: {name: "any"},
	GeneralDistribution: {"general-distribution", map[symbol.Symbology]dimensions{
		symbol.SymbologyEAN13:                  {0.495, 0.660, 0.660, 34.28},
		symbol.SymbologyITF14:                  {0.495, 0.495, 1.016, 31.75},
		symbol.SymbologyGS1128:                 {0.495, 0.495, 1.016, 31.75},
		symbol.SymbologyGS1DataMatrix:          {0.743, 0.743, 1.500, 0},
		symbol.SymbologyGS1DataMatrixRectangle: {0.743, 0.743, 1.500, 0},
	}},
	LogisticUnits: {"logistic-units", map[symbol.Symbology]dimensions{
		symbol.SymbologyGS1128:                 {0.495, 0.495, 0.940, 31.75},
		symbol.SymbologyGS1DataMatrix:          {0.743, 0.743, 1.500, 0},
		symbol.SymbologyGS1DataMatrixRectangle: {0.743, 0.743, 1.500, 0},
	}},
	RegulatedHealthcare: {"regulated-healthcare", map[symbol.Symbology]dimensions{
		symbol.SymbologyGS1128:                 {0.170, 0.495, 0.495, 12.70},
		symbol.SymbologyGS1DataMatrix:          {0.254, 0.380, 0.990, 0},
		symbol.SymbologyGS1DataMatrixRectangle: {0.254, 0.380, 0.990, 0},
	}},
	RetailPharmacy: {"retail-pharmacy", map[symbol.Symbology]dimensions{
		symbol.SymbologyGS1DataMatrix:          {0.396, 0.495, 0.990, 0},
		symbol.SymbologyGS1DataMatrixRectangle: {0.396, 0.495, 0.990, 0},
	}},
}

// String returns the name that templates use, such as "regulated-healthcare".
func (a Application) String() string { return applications[min(int(a), len(applications)-1)].name }

// Applications returns all applications.
func Applications() []Application {
	all := make([]Application, len(applications))
	for i := range all {
		all[i] = Application(i)
	}
	return all
}

// dimensions returns what the application asks of a symbology.
func (a Application) dimensions(s symbol.Symbology) dimensions {
	return applications[min(int(a), len(applications)-1)].of[s]
}
