package main

import (
	"bytes"
	"maps"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/internal/ci"
	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/label/raster"
	"github.com/gonameplate/nameplate/label/template"
	"github.com/gonameplate/nameplate/printer/line"
)

// TestREADMEPicture holds the README's picture to what the library draws: NAMEPLATE_UPDATE=1 draws
// it anew.
func TestREADMEPicture(t *testing.T) {
	o, err := line.ReadOrder(os.DirFS("."), "order.json")
	require.NoError(t, err)
	udi, err := template.ParseFS(os.DirFS("."), o.Template)
	require.NoError(t, err)
	data := template.Data{"product": o.Product, "made": o.Made, "lot": o.Lot, "serial": "JNFEB6FDG"}
	maps.Copy(data, o.Label)
	l, err := udi.Execute(data)
	require.NoError(t, err)
	device := label.Device{DotsPerMM: 12}
	bitmap, err := raster.Draw(l, device)
	require.NoError(t, err)
	var drawn bytes.Buffer
	require.NoError(t, raster.WritePNG(&drawn, bitmap, device))
	if ci.Update() {
		require.NoError(t, os.WriteFile("label.png", drawn.Bytes(), 0o644))
	}
	kept, err := os.ReadFile("label.png")
	require.NoError(t, err)
	require.True(t, bytes.Equal(kept, drawn.Bytes()), "label.png is not what the library draws: look at it with NAMEPLATE_UPDATE=1")
}
