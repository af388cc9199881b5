package zpl_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/gonameplate/nameplate/label"
	"github.com/gonameplate/nameplate/zpl"
)

var epcWords = []byte{0x30, 0x36, 0x14, 0x2C, 0x8C, 0, 0x8F, 0x80, 0, 0x05, 0x32, 0x44}

func taggedLabel(tags ...*label.Tag) *label.Label {
	l := &label.Label{Width: 50, Height: 30}
	for _, t := range tags {
		l.Elements = append(l.Elements, t)
	}
	return l
}

// TestTags checks that tags are written and read back, and print nothing.
func TestTags(t *testing.T) {
	user := &label.Tag{Name: "lot", Bank: label.BankUser, Words: []byte{1, 2}}
	l := taggedLabel(&label.Tag{Words: epcWords}, user)
	var b bytes.Buffer
	device := label.Device{DotsPerMM: 8, Tags: true}
	require.NoError(t, zpl.Write(&b, l, device))
	require.Contains(t, b.String(), "^RFW,H,,,A^FD3036142C8C008F8000053244^FS\n")
	require.Contains(t, b.String(), "^RFW,H,0,2,3^FD0102^FS\n")
	require.NotContains(t, b.String(), "^RZ")
	pages, err := zpl.Pages(&b)
	require.NoError(t, err)
	require.Len(t, pages, 1)
	require.Len(t, pages[0].Fields, 2)
	for i, want := range []*label.Tag{{Words: epcWords}, {Bank: label.BankUser, Words: []byte{1,
		2}}} {
		require.Equal(t, zpl.TagField, pages[0].Fields[i].Kind)
		require.Equal(t, want, pages[0].Fields[i].Tag)
	}
	picture, err := pages[0].Draw()
	require.NoError(t, err)
	require.Equal(t, make([]byte, len(picture.Bits)), picture.Bits)
	again, err := pages[0].Append(nil)
	require.NoError(t, err)
	require.Contains(t, string(again), "^RFW,H,,,A^FD3036142C8C008F8000053244^FS\n")
	require.Empty(t, l.Preflight(device))
}

// TestLock checks that locks are sent, and that no error has the password.
func TestLock(t *testing.T) {
	device := label.Device{DotsPerMM: 8, Tags: true}
	l := taggedLabel(&label.Tag{Words: epcWords}, &label.Tag{Bank: label.BankUser, Words: []byte{1,
		2}})
	b, err := zpl.Options{Lock: zpl.Lock{Password: "12ab34CD"}}.Append(nil, l, device)
	require.NoError(t, err)
	require.Contains(t, string(b), "^FS\n^RZ12ab34CD,E,L^FS\n")
	require.Contains(t, string(b), "^FS\n^RZ12ab34CD,U,L^FS\n")
	pages, err := zpl.Pages(bytes.NewReader(b))
	require.NoError(t, err)
	require.Len(t, pages[0].Fields, 2)
	b, err = zpl.Options{Lock: zpl.Lock{Password: "12ab34CD", Permanent: true}}.Append(nil, l,
		device)
	require.NoError(t, err)
	require.Contains(t, string(b), "^RZ12ab34CD,E,P^FS\n")
	for _, lock := range []zpl.Lock{{Password: "12ab34C"}, {Password: "12ab34CDE"},
		{Password: "12ab34CX"},
		{Password: "00000000"}, {Permanent: true}} {
		_, err := zpl.Options{Lock: lock}.Append(nil, l, device)
		require.ErrorIs(t, err, zpl.ErrSettings)
		require.NotContains(t, err.Error(), "12ab")
	}
	_, err = zpl.Pages(bytes.NewReader([]byte("^XA^RZ12ab34CD,X,L^FS^XZ")))
	if err != nil {
		require.NotContains(t, err.Error(), "12ab")
	}
}

// TestTagErrors checks what is no tag.
func TestTagErrors(t *testing.T) {
	device := label.Device{DotsPerMM: 8, Tags: true}
	for _, tag := range []*label.Tag{{}, {Words: []byte{1}}, {Words: make([]byte, 64)}, {Bank: 7,
		Words: []byte{1, 2}}} {
		require.Error(t, zpl.Write(&bytes.Buffer{}, taggedLabel(tag), device))
		found := taggedLabel(tag).Preflight(device)
		require.Len(t, found, 1)
		require.Equal(t, label.SeverityError, found[0].Severity)
	}
	found := taggedLabel(&label.Tag{Words: epcWords}).Preflight(label.Device{DotsPerMM: 8})
	require.Len(t, found, 1)
	require.Equal(t, label.TagContent, found[0].Rule)
	require.Equal(t, label.SeverityWarning, found[0].Severity)
	for _, program := range []string{"^XA^RFR,H^FD00^FS^XZ", "^XA^RFW,A^FD00^FS^XZ",
		"^XA^RFW,H,,,2^FD0000^FS^XZ",
		"^XA^RFW,H,,,A^FD000^FS^XZ", "^XA^RFW,H,,,A^FDxx^FS^XZ", "^XA^RFW,H,3,,1^FD0000^FS^XZ"} {
		_, err := zpl.Pages(bytes.NewReader([]byte(program)))
		require.Error(t, err, program)
	}
}

// TestTagCanvas checks that a canvas that writes tags gets them, and another one doesn't.
func TestTagCanvas(t *testing.T) {
	l := taggedLabel(&label.Tag{Words: epcWords})
	c := &tagCanvas{}
	require.NoError(t, l.Draw(c))
	require.Equal(t, []*label.Tag{{Words: epcWords}}, c.tags)
	require.NoError(t, l.Draw(struct{ label.Canvas }{c}))
	require.Len(t, c.tags, 1)
}

type tagCanvas struct {
	label.Canvas
	tags []*label.Tag
}

func (c *tagCanvas) Tag(t *label.Tag) error {
	c.tags = append(c.tags, t)
	return nil
}
