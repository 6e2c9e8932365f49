package vipps

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
)

// A QR code as a picture.

func (q *qrCode) svg() []byte {
	var b bytes.Buffer
	side := qrSize + 2*qrQuiet
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<title>QR code</title><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, side, side, side, side)
	for row := range qrSize {
		for col := range qrSize {
			if q.dark[row][col] {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", col+qrQuiet, row+qrQuiet)
			}
		}
	}
	b.WriteString(`"/></svg>` + "\n")
	return b.Bytes()
}

func (q *qrCode) png() []byte {
	const scale = 8
	side := (qrSize + 2*qrQuiet) * scale
	img := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range side {
		for x := range side {
			row, col := y/scale-qrQuiet, x/scale-qrQuiet
			if row >= 0 && row < qrSize && col >= 0 && col < qrSize && q.dark[row][col] {
				img.SetColorIndex(x, y, 1)
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(fmt.Errorf("encoding a picture: %w", err)) // a buffer takes all
	}
	return b.Bytes()
}
