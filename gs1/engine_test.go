package gs1_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
	"github.com/gonameplate/nameplate/gs1/digitallink"
)

// engineRows reads a table of the reference engine's own test vectors, which
// testdata/engine/README.md explains. Each row has at least so many fields.
func engineRows(t *testing.T, name string, fields int) (rows [][]string) {
	data, err := os.ReadFile(filepath.Join("testdata", "engine", name))
	require.NoError(t, err)
	for line := range strings.Lines(string(data)) {
		row := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		for len(row) < fields {
			row = append(row, "")
		}
		rows = append(rows, row)
	}
	require.NotEmpty(t, rows)
	return rows
}

func engineOptions(letters string) gs1.Parser {
	return gs1.Parser{
		SkipAssociations: strings.Contains(letters, "s"), PermitUnknownAIs: strings.Contains(letters, "u"),
		PermitUnknownAttributes: strings.Contains(letters, "a"), PermitZeroSuppressedGTINs: strings.Contains(letters, "z"),
	}
}

// parsed checks the verdict on a message; want "?" is accepted, "!" rejected.
func parsed(t *testing.T, m gs1.Message, err error, input, want string) bool {
	if want == "!" {
		require.Error(t, err, "%s: %s", input, m)
		return false
	}
	require.NoError(t, err, input)
	return want != "?"
}

// rawData is the message as raw data in which FNC1 is "^".
func rawData(t *testing.T, p gs1.Parser, m gs1.Message) string {
	data, err := p.AppendElementString(nil, m)
	require.NoError(t, err)
	return strings.ReplaceAll(string(data), "\x1d", "^")
}

func TestEngineBracketed(t *testing.T) {
	for _, row := range engineRows(t, "bracketed.tsv", 3) {
		p := engineOptions(row[0])
		m, err := p.ParseBracketed(row[1])
		if parsed(t, m, err, row[1], row[2]) {
			require.Equal(t, row[2], rawData(t, p, m), row[1])
		}
	}
}

func TestEngineRawData(t *testing.T) {
	for _, row := range engineRows(t, "raw.tsv", 3) {
		m, err := engineOptions(row[0]).ParseElementString(row[1])
		if parsed(t, m, err, row[1], row[2]) {
			require.Equal(t, row[2], m.String(), row[1])
		}
	}
}

// The engine's tests try one rule at a time; the options relax the others.
func TestEngineAssociations(t *testing.T) {
	rules := map[string]struct {
		options string
		kind    error
	}{
		"repeats": {"su", gs1.ErrRepeatedAI}, "ex": {"su", gs1.ErrExcludedAI}, "req": {"u", gs1.ErrMissingAI}, "signature": {"su", gs1.ErrMissingAI},
	}
	for _, row := range engineRows(t, "associations.tsv", 3) {
		rule := rules[row[0]]
		_, err := engineOptions(rule.options).ParseBracketed(row[1])
		if row[2] == "!" {
			require.ErrorIs(t, err, rule.kind, row[1])
		} else {
			require.NoError(t, err, row[1])
		}
	}
}

func TestEngineURIs(t *testing.T) {
	for _, row := range engineRows(t, "uris.tsv", 3) {
		p := engineOptions(row[0])
		m, err := digitallink.Parser(p).Parse(row[1])
		if parsed(t, m, err, row[1], row[2]) {
			require.Equal(t, row[2], rawData(t, p, m), row[1])
		}
	}
}

func TestEngineLinks(t *testing.T) {
	for _, row := range engineRows(t, "links.tsv", 4) {
		p := engineOptions(row[0])
		var u digitallink.URI
		var err error
		if strings.HasPrefix(row[2], "http") {
			u, err = digitallink.Parser(p).ParseURI(row[2])
		} else {
			u.Message, err = p.Parse(row[2])
		}
		require.NoError(t, err, row[2])
		uri, err := digitallink.Parser(p).FormatURI(row[1], u)
		if parsed(t, u.Message, err, row[2], row[3]) {
			require.Equal(t, row[3], uri)
		}
	}
}

// What the engine writes for a symbol is among the scans: we read it, and write the same.
func TestEngineScans(t *testing.T) {
	for _, row := range engineRows(t, "scans.tsv", 3) {
		s := strings.ReplaceAll(row[0], "{GS}", "\x1d")
		scan, err := gs1.Parser{SkipAssociations: true}.ParseScan(s)
		if !parsed(t, scan.Message, err, s, row[1]) {
			continue
		}
		data := row[2]
		switch row[1] {
		case "text":
			require.Equal(t, row[2], scan.Text)
			require.Empty(t, scan.Message)
			continue
		case "primary":
			digits, composite, _ := strings.Cut(row[2], "|")
			require.Equal(t, gs1.GTIN(strings.Repeat("0", 14-len(digits))+digits), scan.GTIN)
			if data = composite; data == "" {
				require.Empty(t, scan.Message)
				continue
			}
		}
		m, err := gs1.Parser{SkipAssociations: true}.ParseElementString(data)
		require.NoError(t, err, data)
		require.Equal(t, m, scan.Message, s)
		if !strings.Contains(s, "://") && row[1] == "data" {
			sent, err := m.ScanData(scan.Symbology)
			require.NoError(t, err)
			require.Equal(t, strings.TrimSuffix(s, "\x1d"), sent)
		}
	}
}

// The engine writes a space after the parentheses, which the General Specifications leave to the
// label (4.14).
func TestEngineHRI(t *testing.T) {
	for _, row := range engineRows(t, "hri.tsv", 4) {
		m, err := engineOptions(row[0]).Parse(row[2])
		require.NoError(t, err, row[2])
		for i, line := range m.HRILines(row[1] == "titles") {
			require.Equal(t, strings.Replace(row[3+i], ") ", ")", 1), line)
		}
		require.Len(t, m, len(row)-3)
	}
}

func TestEngineIgnoredParameters(t *testing.T) {
	for _, row := range engineRows(t, "ignored.tsv", 1) {
		u, err := digitallink.ParseURI(row[0])
		require.NoError(t, err, row[0])
		require.Equal(t, row[1:], append([]string{}, u.Ignored...))
	}
}
