package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/gs1"
)

func TestRun(t *testing.T) {
	in := strings.Join([]string{
		"]d20109521234543213" + "3103001250" + "10L42\x1d21A1",
		"]E09521234543213",
		"]Q1hello",
		"]d20109521234543213172602310",
		"]C10109521234543210",
		"0109521234543213" + "10L42{GS}21A1",
		"(01)09521234543213",
	}, "\n")
	var out strings.Builder
	wrong, err := run(strings.NewReader(in), &out, gs1.Parser{}, true)
	require.NoError(t, err)
	require.Equal(t, 2, wrong)
	require.Equal(t, `]d20109521234543213310300125010L42␝21A1
  (01)   GTIN                  09521234543213
  (3103) NET WEIGHT (kg)       1.250 kg
  (10)   BATCH/LOT             L42
  (21)   SERIAL                A1

]E09521234543213
  GTIN of the EAN/UPC symbol   09521234543213

]Q1hello
  text without GS1 data

]d20109521234543213172602310
                         ^^ impossible value in (17) USE BY or EXPIRY: expected a day that this month has

]C10109521234543210
                  ^ wrong check digit or characters in (01) GTIN: expected check digit 3

010952123454321310L42{GS}21A1
^ symbology identifier missing
                     ^^^^ FNC1 written as {GS}
  (01)   GTIN                  09521234543213
  (10)   BATCH/LOT             L42
  (21)   SERIAL                A1

(01)09521234543213
  (01)   GTIN                  09521234543213

`, out.String())
}
