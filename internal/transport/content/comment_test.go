package content

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

func TestStripComments(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"none":                         {`{"a":1}`, `{"a":1}`},
		"lines":                        {"{//x\n}//y", "{\n}"},
		"lines of Windows":             {"{//x\r\n}", "{\n}"},
		"blocks over lines of Windows": {"{/* x\r\n*/\r\n}", "{\r\n}"},
		"blocks":                       {"{/* x\n */\"a\"/**/:1}", `{"a":1}`},
		"strings are left alone":       {`{"a":"//x /* y */","b\"//":1}`, `{"a":"//x /* y */","b\"//":1}`},
		"a block without end":          {"{}/* x", "{}"},
		"a string without end":         {`{"//x`, `{"//x`},
		"a slash alone is no comment":  {"{/}", "{/}"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := StripComments(test.give); got != test.want {
				t.Errorf("StripComments(%q) = %q, want %q", test.give, got, test.want)
			}
		})
	}
}
