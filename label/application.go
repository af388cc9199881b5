package label

// An Application is where a label's symbols are scanned. GS1 sets X-dimensions and bar heights by it (GS1 General Specifications,
// 5.12.3, GS1 symbol specification tables), and [Label.Preflight] holds the label to them.
type Application uint8

// The applications.
const (
	AnyApplication      Application = iota // none declared: no range is checked
	GeneralDistribution                    // trade items scanned in general distribution: symbol specification table 2
	LogisticUnits                          // logistic units scanned in general distribution: table 5
	RegulatedHealthcare                    // regulated healthcare items not in retail or general distribution: table 6
	RetailPharmacy                         // regulated healthcare retail items not in general distribution: table 10
)

// dimensions are what a symbol specification table asks of a symbology, in mm; all zero is no demand.
type dimensions struct {
	low, target, high float64 // X-dimension
	barHeight         float64 // least height of bars
}

// applications have their names in templates, and their tables. In general distribution two-dimensional symbols are one and a half
// times as coarse as bars.
var applications = [...]struct {
	name                  string
	gs1128, gs1DataMatrix dimensions
}{
	AnyApplication:      {name: "any"},
	GeneralDistribution: {"general-distribution", dimensions{0.495, 0.495, 1.016, 31.75}, dimensions{0.743, 0.743, 1.500, 0}},
	LogisticUnits:       {"logistic-units", dimensions{0.495, 0.495, 0.940, 31.75}, dimensions{0.743, 0.743, 1.500, 0}},
	RegulatedHealthcare: {"regulated-healthcare", dimensions{0.170, 0.495, 0.495, 12.70}, dimensions{0.254, 0.380, 0.990, 0}},
	RetailPharmacy:      {"retail-pharmacy", dimensions{}, dimensions{0.396, 0.495, 0.990, 0}},
}

// String returns the name that templates use, such as "regulated-healthcare".
func (a Application) String() string { return applications[min(int(a), len(applications)-1)].name }

func applicationNames() []string {
	names := make([]string, len(applications))
	for i := range applications {
		names[i] = applications[i].name
	}
	return names
}

// dimensions are what the application asks of a symbology.
func (a Application) dimensions(s Symbology) dimensions {
	row := applications[min(int(a), len(applications)-1)]
	switch s {
	case GS1128:
		return row.gs1128
	case GS1DataMatrix:
		return row.gs1DataMatrix
	}
	return dimensions{}
}
