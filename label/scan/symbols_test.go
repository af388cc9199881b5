package scan_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/label/scan"
	"github.com/gonameplate/nameplate/label/symbol"
)

// TestSymbols has zxing-cpp decode symbols with the data of each agency, and reads what it decodes.
func TestSymbols(t *testing.T) {
	ci.Program(t, "ZXingReader")
	write := func(text string, err error) string {
		require.NoError(t, err)
		return text
	}
	hibc := write(scan.FormatHIBC(scan.HIBCData{Labeler: "A123", Product: "BJC5D6E7", Unit: 1,
		Lot: "L7", Serial: "K7Q", Expiry: time.Date(2027, 12, 31, 0, 0, 0, 0, time.UTC)}))
	ppn := write(scan.FormatISO15434("06", scan.Item{ID: "9N", Value: "110375286414"},
		scan.Item{ID: "1T", Value: "L7"}, scan.Item{ID: "S", Value: "K7Q"}))
	uii := write(scan.FormatISO15434("12", scan.Item{ID: "MFR", Value: "0CVA5"},
		scan.Item{ID: "SER", Value: "786950"}))
	blood := write(scan.FormatISBT128(scan.Item{ID: "=", Value: "G12348965432100"},
		scan.Item{ID: "=<", Value: "E0206V00"}))
	for _, c := range []struct {
		text, identifier, product, serial string
		kind                              scan.Kind
	}{
		{hibc, "]d1", "BJC5D6E7", "K7Q", scan.HIBC},
		{ppn, "]d1", "110375286414", "K7Q", scan.ISO15434},
		{uii, "]d1", "", "786950", scan.ISO15434},
		{blood, "]d1", "E0206V00", "G123489654321", scan.ISBT128},
	} {
		s, err := symbol.DataMatrix(c.text)
		require.NoError(t, err)
		result, err := scan.Read(c.identifier + decoded(t, s))
		require.NoError(t, err)
		require.Equal(t, []any{c.kind, c.product, c.serial},
			[]any{result.Kind, result.Product, result.Serial}, "%q", c.text)
		require.Empty(t, result.Doubts)
	}
	s, err := symbol.Code128(hibc)
	require.NoError(t, err)
	result, err := scan.Read("]C0" + decoded(t, s))
	require.NoError(t, err)
	require.Equal(t, "K7Q", result.Serial)
}

// decoded returns the text that zxing-cpp decodes of a symbol.
func decoded(t *testing.T, s *symbol.Symbol) string {
	path := filepath.Join(t.TempDir(), "symbol.png")
	f, err := os.Create(path)
	require.NoError(t, err)
	require.NoError(t, s.WritePNG(f, 4))
	require.NoError(t, f.Close())
	out, err := exec.Command("ZXingReader", "-bytes", path).Output()
	require.NoError(t, err)
	return string(out)
}
