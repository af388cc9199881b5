package epc

// The filter values that have a meaning (TDS 2.3, clause 10; for ADI 10.10). Others are reserved.
var (
	itemFilters = []string{"all others", "point of sale item", "full case for transport", "",
		"inner pack of items grouped for handling", "", "unit load",
		"component inside a product, not for individual sale"}
	unitFilters = []string{"all others", "", "full case for transport", "", "", "",
		"unit load", ""}
	documentFilters = []string{"all others", "travel document"}
	defenseFilters  = []string{"pallet", "case", "unit pack"}
	otherFilters    = []string{"all others"}
	partFilters     = func() []string {
		names := make([]string, 64)
		copy(names, []string{"all others", "item without a more exact value", "carton",
			"", "", "", "pallet", "", "seat cushion", "seat cover", "seat belt", "galley cart",
			"unit load device or cargo container", "security item", "life vest",
			"oxygen generator", "engine component", "avionics", "experimental equipment",
			"other emergency equipment", "other rotable", "other repairable",
			"other cabin interior", "other repair, such as structure", "passenger seat",
			"in-flight entertainment"})
		copy(names[56:], []string{"location identifier", "documentation", "tool",
			"ground support equipment", "other non-flyable equipment", "internal use",
			"internal use", "internal use"})
		return names
	}()
)

// FilterName returns what a filter value means in a scheme, such as "point of sale item" for
// value 1 in "sgtin-96", and "" if the value is reserved or the scheme unknown or without filter
// values.
func FilterName(scheme string, value int) string {
	sch := schemeNamed(scheme)
	if sch == nil || sch.filter == 0 {
		return ""
	}
	names := otherFilters
	switch sch.kind {
	case sgtin:
		names = itemFilters
	case sscc:
		names = unitFilters
	case gdti:
		names = documentFilters
	case usdod:
		names = defenseFilters
	case adi:
		names = partFilters
	}
	if value < 0 || value >= len(names) {
		return ""
	}
	return names[value]
}
