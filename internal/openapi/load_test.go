package openapi_test

import (
	"os"
	"path/filepath"
	"testing"

	"posthaste/internal/openapi"
)

func TestLoadOfficial(t *testing.T) {
	files, _ := filepath.Glob("/work/shared/vipps/specs/*")
	for _, file := range files {
		d, err := openapi.Load(file, openapi.Options{Read: os.ReadFile})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		t.Logf("%s %s: %d operations, %d problems, %v %v", filepath.Base(file), d.Version, len(d.Operations), len(d.Problems), d.Servers, d.Problems)
	}
}
