package collection

import (
	"bytes"
	"fmt"
	"testing"
)

// big returns a collection of about the given size, in nested folders, with scripts.
func big(size int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"info":{"name":"big","_postman_id":"b"},"item":[`)
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"name":"folder %d","item":[`, i)
		for k := range 20 {
			if k > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `
	{"name":"request %d","event":[{"listen":"test","script":{"type":"text/javascript","exec":["pm.test(\"ok\", function () {","  pm.response.to.have.status(200);","});"]}}],
	 "request":{"method":"POST","header":[{"key":"Authorization","value":"{{token}}"},{"key":"Content-Type","value":"application/json"}],
	  "body":{"mode":"raw","raw":"{\n  \"a\": %d\n}","options":{"raw":{"language":"json"}}},
	  "url":{"raw":"{{base}}/a/:id?x=1","host":["{{base}}"],"path":["a",":id"],"query":[{"key":"x","value":"1"}],"variable":[{"key":"id","value":"7"}]}},"response":[]}`, k, k)
		}
		b.WriteString(`]}`)
	}
	b.WriteString(`]}`)
	return b.Bytes()
}

func BenchmarkParse(b *testing.B) {
	data := big(1 << 20)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("big.json", data, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDocument(b *testing.B) {
	c, err := Parse("big.json", big(1<<20), Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		b.SetBytes(int64(len(c.Document())))
	}
}
