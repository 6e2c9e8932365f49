package fault

import (
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	tests := map[string]Fault{
		"POST /ecomm/v2/payments 503 10%":  {Method: "POST", Path: "/ecomm/v2/payments", Status: 503, Percent: 10},
		"* /qr/* 429 retry-after=30":       {Method: "*", Path: "/qr/*", Status: 429, Retry: 30},
		"GET /x drop delay=2s x3":          {Method: "GET", Path: "/x", Drop: true, Wait: 2 * time.Second, Times: 3},
		"GET /x 403 html":                  {Method: "GET", Path: "/x", Status: 403, HTML: true},
		"POST /x as=client-secret-expired": {Method: "POST", Path: "/x", As: "client-secret-expired"},
	}
	for text, want := range tests {
		got, err := Parse(text)
		if err != nil || got != want {
			t.Errorf("Parse(%q) = %+v, %v, want %+v", text, got, err, want)
		}
		if again, err := Parse(got.String()); err != nil || again != got {
			t.Errorf("%q does not come back from %q: %v", text, got, err)
		}
	}
	for _, bad := range []string{
		"", "GET /x", "GET x 503", "GET /x 200", "GET /x 10%", "GET /x 503 NaN%", "GET /x 503 101%", "GET /x delay=-1s", "GET /x 503 x0", "GET /x 503 soon", "GET /x as=", "GET /x as=nothing", "GET /x as=token-ok",
	} {
		if f, err := Parse(bad); err == nil {
			t.Errorf("Parse(%q) = %+v, want an error", bad, f)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"POST /ecomm/v2/payments 503 10%", "* /qr/* 429 retry-after=30", "GET /x drop delay=2s x3 html"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		fault, err := Parse(text)
		if err != nil {
			return
		}
		if again, err := Parse(fault.String()); err != nil || again != fault {
			t.Errorf("%q became %q, which reads as %+v, %v", text, fault, again, err)
		}
	})
}

func TestFaultsFit(t *testing.T) {
	f := Fault{Method: "POST", Path: "/epayment/v1/payments/*/capture"}
	for path, want := range map[string]bool{
		"/epayment/v1/payments/r-1/capture": true, "/EPAYMENT/v1/payments/r-1/capture/": true,
		"/epayment/v1/payments/r-1/refund": false, "/epayment/v1/payments": false,
	} {
		if got := f.fits("POST", path); got != want {
			t.Errorf("%s: fits = %t, want %t", path, got, want)
		}
	}
	if f.fits("GET", "/epayment/v1/payments/r-1/capture") {
		t.Error("another method fits")
	}
}
