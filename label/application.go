package label

// An Application is where a label's symbols are scanned. GS1 sets X-dimensions and heights by it (GS1 General Specifications,
// 5.12.3, symbol specification tables), and Preflight holds the label to them.
type Application uint8

// The applications.
const (
	AnyApplication      Application = iota // none declared: no range is checked
	GeneralDistribution                    // trade items in general distribution
	LogisticUnits                          // logistic units in general distribution
	RegulatedHealthcare                    // regulated healthcare trade items outside retail and general distribution
	RetailPharmacy                         // regulated healthcare trade items in retail pharmacy
)
