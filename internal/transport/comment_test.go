package transport

import "testing"

func TestContentTypesOfJSON(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{
		"application/json": true, "Application/JSON; charset=utf-8": true, "application/hal+json": true,
		"application/vnd.api+json;v=1": true, "application/jsonp": true, "application/a+b+json": true,
		"application/+json": false, "application/xml": false, "text/json": false, " application/json": false,
		"application/xml; a=b+json": false, "application/": false, "": false,
	} {
		if got := isJSONType(value); got != want {
			t.Errorf("isJSONType(%q) = %v, want %v", value, got, want)
		}
	}
}
