package watch

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const document = `{"info":{"_postman_id":"1","name":"c"},"variable":[{"key":"a","value":"1"}],"item":[
 {"name":"Token","request":{"url":"http://h/t"}},
 {"name":"Pay","event":[],"item":[{"id":"7","name":"New","request":{"url":"http://h/n"},"response":[]},{"name":"Get","request":{"url":"http://h/g"}}]}]}`

func TestWhatChanged(t *testing.T) {
	tests := map[string]struct {
		old, new string
		want     string
		whole    bool
	}{
		"nothing":                      {"", "", "", true},
		"a request":                    {"http://h/n", "http://h/other", "Pay/New", false},
		"a folder takes what is in it": {`"event":[]`, `"event":[{"listen":"test"}]`, "Pay", false},
		"two requests":                 {"http://h/", "http://i/", "Pay/Get Pay/New Token", false},
		"a variable":                   {`"value":"1"`, `"value":"2"`, "", true},
		"an id":                        {`"id":"7"`, `"id":"8"`, "", true},
		"an example":                   {`"response":[]`, `"response":[{}]`, "", true},
		"a new name":                   {`"name":"Get"`, `"name":"Fetch"`, "", true},
		"a new request":                {`{"name":"Get"`, `{"name":"More","request":{}},{"name":"Get"`, "Pay/More", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before := map[string]map[string]string{"c.json": fingerprint([]byte(document))}
			now := map[string]map[string]string{"c.json": fingerprint([]byte(strings.ReplaceAll(document, test.old, test.new)))}
			if test.old == "" {
				now = before
			}
			changed, whole := changes(before, now)
			if diff := cmp.Diff(test.want, strings.Join(changed, " ")); diff != "" || whole != test.whole {
				t.Errorf("whole is %v, %s", whole, diff)
			}
		})
	}
	if _, whole := changes(map[string]map[string]string{}, map[string]map[string]string{"c.json": {}}); !whole {
		t.Error("a collection that could not be read before is not run whole")
	}
}
