//go:build race

package symbol

// underRace reports that the race detector is on, under which a sync.Pool forgets at random.
const underRace = true
