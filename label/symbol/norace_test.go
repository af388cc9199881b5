//go:build !race

package symbol

const underRace = false
