package redact_test

import (
	"fmt"
	"testing"

	"posthaste/internal/redact"
)

// What a run asks of a Set for each text that it shows: one that comes again and again, and one that does not.
func BenchmarkText(b *testing.B) {
	var set redact.Set
	for i := range 10 {
		set.Pin("secret", fmt.Sprintf("k9Jd8s7A-%06d", i))
	}
	texts := map[string]string{
		"name": "create a payment", "URL": "https://shop.example.com/payments/order-00000000/capture",
		"answer": `{"reference":"order-00000000","state":"CREATED","amount":{"currency":"NOK","value":49900},"aggregate":{"capturedAmount":{"value":0}}}`,
	}
	for name, text := range texts {
		b.Run(name+" again", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				set.Text(text)
			}
		})
		b.Run(name+" once", func(b *testing.B) {
			b.ReportAllocs()
			data := []byte(text)
			for i := 0; b.Loop(); i++ {
				copy(data[len(data)-8:], fmt.Sprintf("%08d", i))
				set.Text(string(data))
			}
		})
	}
}
