package cli

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"posthaste/internal/vipps"
)

func TestTheLogOfTheSimulatorHoldsNoCredentials(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.jsonl")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	l := &requestLog{file: file, warn: t.Errorf}
	header := http.Header{"Authorization": {"Bearer s3cr3t-token"}, "Client_secret": {"s3cr3t-client"}, "Merchant-Serial-Number": {"123456"}}
	l.write(vipps.Request{Method: "POST", Path: "/payments", Query: "access_token=s3cr3t-query&page=2", Header: header, Body: []byte(`{"authToken":"s3cr3t-body","amount":1}`)})
	l.write(vipps.Request{Method: "GET", Path: "/payments/s3cr3t-token", Header: http.Header{}})
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	if strings.Contains(text, "s3cr3t") || strings.Contains(text, "czNjcjN0") || strings.Contains(text, "MzY3IzdC") {
		t.Errorf("a credential stands in the log:\n%s", text)
	}
	for _, want := range []string{"123456", "page=2", "Bearer ******", "/payments/******"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing in the log:\n%s", want, text)
		}
	}
	if got := header.Get("Authorization"); got != "Bearer s3cr3t-token" {
		t.Errorf("the request itself was changed: %s", got)
	}
}
