package script

import "testing"

// The places are those that newman 6.2.2 gave.
func TestNewmanPlace(t *testing.T) {
	tests := map[string]struct {
		line, col int
		source    string
		want      string
	}{
		"a call is where its name begins":      {1, 24, "pm.expect({a:1}).to.eql({a:2})", "2:21"},
		"lines begin one later":                {3, 25, "   pm.expect(a).to.equal(b);", "4:20"},
		"a property of an expectation":         {1, 20, "pm.expect(0).to.be.ok", "2:19"},
		"a property on a line of its own":      {2, 5, ".be.true", "3:4"},
		"a property of a response":             {1, 19, "pm.response.to.be.error", "2:19"},
		"a name that is reserved":              {1, 29, "pm.expect(() => {}).to.throw()", "2:29"},
		"a name in brackets":                   {1, 31, "pm['expect'](1)['to']['equal'](2)", "2:31"},
		"a function":                           {2, 16, "\tpm.expect.fail(`bad`);", "3:12"},
		"a place outside of the line is taken": {1, 99, "x", "2:99"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := newmanPlace(test.line, test.col, test.source); got != test.want {
				t.Errorf("newmanPlace(%d, %d, %q) = %q, want %q", test.line, test.col, test.source, got, test.want)
			}
		})
	}
}
