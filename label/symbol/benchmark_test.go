package symbol

import (
	"strings"
	"testing"

	boom128 "github.com/boombuler/barcode/code128"
	boomdm "github.com/boombuler/barcode/datamatrix"
	boomqr "github.com/boombuler/barcode/qr"
	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/datamatrix"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/require"
)

// The peers take FNC1 as magic characters: gozxing and boombuler's Code 128 as ñ, boombuler's Data
// Matrix as 0xE8.
const (
	peerUDI128 = "ñ01095060001343521727013110LOT42añ21ABC12345"
	peerUDIDM  = "\xe801095060001343521727013110LOT42a\xe821ABC12345"
)

func bench(b *testing.B, f func() error) {
	b.Helper()
	require.NoError(b, f())
	b.ReportAllocs()
	for b.Loop() {
		if f() != nil {
			b.Fatal("the encoder failed")
		}
	}
}

func BenchmarkGS1128(b *testing.B) {
	e := new(Encoder)
	b.Run("new",
		func(b *testing.B) {
			bench(b, func() error { _, err := GS1128(udi); return err })
		})
	b.Run("reused",
		func(b *testing.B) {
			bench(b, func() error { _, err := e.GS1128(udi); return err })
		})
	b.Run(
		"boombuler",
		func(b *testing.B) {
			bench(b, func() error { _, err := boom128.Encode(peerUDI128); return err })
		},
	)
	b.Run("gozxing", func(b *testing.B) {
		bench(b, func() error {
			_, err := oned.NewCode128Writer().
				EncodeWithoutHint(peerUDI128, gozxing.BarcodeFormat_CODE_128, 0, 0)
			return err
		})
	})
}

func BenchmarkGS1DataMatrix(b *testing.B) {
	e := new(Encoder)
	b.Run("new",
		func(b *testing.B) {
			bench(b, func() error { _, err := GS1DataMatrix(udi); return err })
		})
	b.Run(
		"reused",
		func(b *testing.B) {
			bench(b, func() error { _, err := e.GS1DataMatrix(udi); return err })
		},
	)
	b.Run(
		"boombuler",
		func(b *testing.B) {
			bench(b, func() error { _, err := boomdm.Encode(peerUDIDM); return err })
		},
	)
	b.Run("gozxing", func(b *testing.B) {
		bench(b, func() error {
			_, err := datamatrix.NewDataMatrixWriter().
				EncodeWithoutHint("\x1d"+udiText, gozxing.BarcodeFormat_DATA_MATRIX, 0, 0)
			return err
		})
	})
}

// plainTexts are texts without GS1 structure. The longest goes to and fro between all encodations,
// in the largest symbol but one.
var plainTexts = []struct{ name, text string }{
	{"url", "https://id.gs1.org/01/09506000134352/10/LOT42a/21/ABC12345?17=270131"},
	{"100", strings.Repeat("Lot 4711, REF 08/15; ", 5)[:100]},
	{
		"1500",
		strings.Repeat("REF-ABC*DEF*GHI> 4711081512;Lot a.B:c,D+xyz\r\x02~|{3.50}", 30)[:1500],
	},
}

func BenchmarkCode128(b *testing.B) {
	e := new(Encoder)
	for _, plain := range plainTexts[:2] {
		text := plain.text
		b.Run(plain.name+"/new",
			func(b *testing.B) {
				bench(b, func() error { _, err := Code128(text); return err })
			})
		b.Run(plain.name+"/reused",
			func(b *testing.B) {
				bench(b, func() error { _, err := e.Code128(text); return err })
			})
		text = text[:min(len(text), 80)] // it has no more
		b.Run(
			plain.name+"/boombuler",
			func(b *testing.B) {
				bench(b, func() error { _, err := boom128.Encode(text); return err })
			},
		)
		b.Run(plain.name+"/gozxing", func(b *testing.B) {
			bench(b, func() error {
				_, err := oned.NewCode128Writer().
					EncodeWithoutHint(text, gozxing.BarcodeFormat_CODE_128, 0, 0)
				return err
			})
		})
	}
}

func BenchmarkDataMatrix(b *testing.B) {
	e := new(Encoder)
	for _, plain := range plainTexts {
		text := plain.text
		b.Run(
			plain.name+"/new",
			func(b *testing.B) {
				bench(b, func() error { _, err := DataMatrix(text); return err })
			},
		)
		b.Run(
			plain.name+"/reused",
			func(b *testing.B) {
				bench(b, func() error { _, err := e.DataMatrix(text); return err })
			},
		)
		b.Run(
			plain.name+"/boombuler",
			func(b *testing.B) {
				bench(b, func() error { _, err := boomdm.Encode(text); return err })
			},
		)
		b.Run(plain.name+"/gozxing", func(b *testing.B) {
			bench(b, func() error {
				_, err := datamatrix.NewDataMatrixWriter().
					EncodeWithoutHint(text, gozxing.BarcodeFormat_DATA_MATRIX, 0, 0)
				return err
			})
		})
	}
}

func BenchmarkQR(b *testing.B) {
	const link = "https://id.gs1.org/01/09506000134352/10/LOT42a/21/ABC12345?17=270131"
	e := new(Encoder)
	b.Run("new", func(b *testing.B) {
		bench(b, func() error { _, err := QR(link); return err })
	})
	b.Run("reused",
		func(b *testing.B) {
			bench(b, func() error { _, err := e.QR(link); return err })
		})
	b.Run("boombuler", func(b *testing.B) {
		bench(b, func() error { _, err := boomqr.Encode(link, boomqr.L, boomqr.Auto); return err })
	})
	b.Run("gozxing", func(b *testing.B) {
		bench(b, func() error {
			_, err := qrcode.NewQRCodeWriter().
				EncodeWithoutHint(link, gozxing.BarcodeFormat_QR_CODE, 0, 0)
			return err
		})
	})
}

// BenchmarkQRLargest is what the most data that QR holds takes, in one mode and in modes that
// alternate.
func BenchmarkQRLargest(b *testing.B) {
	e := new(Encoder)
	for _, c := range []struct{ name, text string }{
		{"digits", strings.Repeat("7", 7089)},
		{"alphanumeric", strings.Repeat("A%", 2148)},
		{"bytes", strings.Repeat("a", 2953)},
		{"alternating", strings.Repeat("a1234567B", 300)},
		{"japanese", strings.Repeat("ab東京", 400)},
	} {
		b.Run(c.name,
			func(b *testing.B) {
				bench(b, func() error { _, err := e.QR(c.text); return err })
			})
	}
}

const udiText = "01095060001343521727013110LOT42a\x1d21ABC12345"
