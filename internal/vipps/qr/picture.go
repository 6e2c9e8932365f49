package qr

import (
	"bytes"
	"fmt"

	"rsc.io/qr"

	"posthaste/internal/vipps/response"
)

// margin is the white space around a code, in modules, as ISO/IEC 18004 wants it.
const margin = 4

// drawn is the picture of a code as a response; kind is png or svg.
func drawn(content, kind string) response.Response {
	code, err := qr.Encode(content, qr.L)
	switch {
	case err != nil:
		return response.UnknownPath() // the simulator's own address is too long for a code
	case kind == "png":
		return response.Response{Status: 200, Type: "image/png", Body: code.PNG()}
	case kind == "svg":
		return response.Response{Status: 200, Type: "image/svg+xml", Body: svg(code)}
	}
	return response.UnknownPath()
}

// svg draws each module as a square. crispEdges keeps scanners from seeing the seams between them.
func svg(code *qr.Code) []byte {
	var b bytes.Buffer
	side := code.Size + 2*margin
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<title>QR code</title><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="`, side, side, side, side)
	for row := range code.Size {
		for col := range code.Size {
			if code.Black(col, row) {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", col+margin, row+margin)
			}
		}
	}
	b.WriteString(`"/></svg>` + "\n")
	return b.Bytes()
}
