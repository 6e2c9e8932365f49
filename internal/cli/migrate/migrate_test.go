package migrate

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCommandLinesAreRewritten(t *testing.T) {
	tests := map[string]struct{ give, want, note string }{
		"as it is":                          {"newman run a.json -e b.json", "posthaste run a.json -e b.json", ""},
		"npx":                               {"npx newman run a.json", "posthaste run a.json", ""},
		"npx with a version":                {"npx --yes newman@6.1.0 run a.json", "posthaste run a.json", ""},
		"yarn and pnpm":                     {"yarn newman run a.json; pnpm exec newman run b.json", "posthaste run a.json; posthaste run b.json", ""},
		"npm's folder":                      {"./node_modules/.bin/newman run a.json", "posthaste run a.json", ""},
		"newman's own file":                 {"node node_modules/newman/bin/newman.js run a.json", "posthaste run a.json", ""},
		"several on a line":                 {"newman run a.json && newman run b.json || exit 1", "posthaste run a.json && posthaste run b.json || exit 1", ""},
		"over several lines":                {"newman run a.json \\\n  -r cli,allure \\\n  --bail", "posthaste run a.json \\\n  -r cli \\\n  --bail", "allure was taken out"},
		"quotes stay":                       {`newman run "my file.json" -e '$ENV'`, `posthaste run "my file.json" -e '$ENV'`, ""},
		"a plug-in alone":                   {"newman run a.json -r allure --bail", "posthaste run a.json --bail", "allure"},
		"a plug-in behind an equals sign":   {"newman run a.json --reporters=cli,slack", "posthaste run a.json --reporters=cli", "slack"},
		"options of a plug-in":              {"newman run a.json -r cli --reporter-allure-export out --bail", "posthaste run a.json -r cli --bail", "--reporter-allure-export"},
		"htmlextra":                         {"newman run a.json -r htmlextra --reporter-htmlextra-export r.html --reporter-htmlextra-darkTheme", "posthaste run a.json -r htmlextra --reporter-htmlextra-export r.html", "darkTheme"},
		"an option that our page lacks":     {"newman run a.json -r htmlextra --reporter-htmlextra-browserTitle 'My Tab' --reporter-htmlextra-title T --reporter-htmlextra-export x", "posthaste run a.json -r htmlextra --reporter-htmlextra-title T --reporter-htmlextra-export x", "browserTitle"},
		"a report without a name":           {"newman run a.json -r junit", "posthaste run a.json -r junit", "posthaste-report/"},
		"reporters in a variable":           {"newman run a.json -r $REPORTERS", "posthaste run a.json -r $REPORTERS", ""},
		"a key":                             {"newman run x --postman-api-key $KEY", "posthaste run x --postman-api-key $KEY", "POSTMAN_API_KEY"},
		"the Postman CLI":                   {"postman collection run a.json -i Folder --integration-id 12 -e b.json", "posthaste run a.json --folder Folder -e b.json", "cloud"},
		"a redirection":                     {"newman run a.json > out.txt", "posthaste run a.json > out.txt", ""},
		"in brackets":                       {"(newman run a.json)", "(posthaste run a.json)", ""},
		"in a quote of YAML":                {"run: \"newman run a.json -r allure\"", "run: \"posthaste run a.json\"", "allure"},
		"an expression of GitHub":           {"newman run ${{ inputs.file }} -r cli", "posthaste run ${{ inputs.file }} -r cli", ""},
		"a comment behind":                  {"newman run a.json # -r allure", "posthaste run a.json # -r allure", ""},
		"a comment stays":                   {"# newman run a.json", "# newman run a.json", ""},
		"another word stays":                {"my-newman run a.json; newman-run b", "my-newman run a.json; newman-run b", ""},
		"a prefix of the environment":       {"FOO=1 newman run a.json", "FOO=1 posthaste run a.json", ""},
		"PowerShell's and Windows' lines":   {"newman run a.json `\n  -r cli,teams\nnewman run b.json ^\r\n -r teams,cli", "posthaste run a.json `\n  -r cli\nposthaste run b.json ^\r\n -r cli", "teams"},
		"no arguments at all":               {"newman run", "posthaste run", ""},
		"a Makefile":                        {"test:\n\t@newman run a.json\n", "test:\n\t@posthaste run a.json\n", ""},
		"what was taken out leaves the end": {"newman run a.json -r allure\nnext", "posthaste run a.json\nnext", "allure"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, changes := Rewrite(test.give)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			var notes []string
			for _, c := range changes {
				notes = append(notes, c.Notes...)
			}
			if said := strings.Join(notes, "\n"); test.note == "" && said != "" || !strings.Contains(said, test.note) {
				t.Errorf("the notes are %q, want %q in them", said, test.note)
			}
		})
	}
}

func TestAPackageIsRewritten(t *testing.T) {
	give := `{
  "scripts": {
    "test": "newman run \"my file.json\" -r cli,allure && echo <done>",
    "lint": "eslint ."
  },
  "devDependencies": { "newman": "^6.0.0", "newman-reporter-htmlextra": "1.23.1" }
}
`
	want := strings.Replace(give, `newman run \"my file.json\" -r cli,allure`, `posthaste run \"my file.json\" -r cli`, 1)
	got, changes := Package(give)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(changes) != 1 || changes[0].Line != 3 {
		t.Errorf("changes = %+v", changes)
	}
	if remarks := Around(give); len(remarks) != 2 || remarks[0].Line != 6 {
		t.Errorf("remarks = %+v", remarks)
	}
}

func TestWhatStandsAround(t *testing.T) {
	tests := map[string]struct{ give, want string }{
		"an installation": {"- run: npm install -g newman newman-reporter-htmlextra", "installed"},
		"an image":        {"image: postman/newman:alpine", "image"},
		"an action":       {"  uses: matt-ball/newman-action@v2", "action"},
		"a login":         {"postman login --with-api-key $K", "POSTMAN_API_KEY"},
		"a library":       {"const newman = require('newman');", "docs/library.md"},
		"a path":          {"  path: newman/*.xml", "posthaste-report/"},
		"Bruno":           {"bru run folder", "Bruno"},
		"nothing":         {"curl https://example.com", ""},
		"a comment":       {"# npm install -g newman", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			remarks := Around("line one\n" + test.give)
			if (test.want == "") != (len(remarks) == 0) {
				t.Fatalf("remarks = %+v", remarks)
			}
			if test.want != "" && (!strings.Contains(remarks[0].Text, test.want) || remarks[0].Line != 2) {
				t.Errorf("remarks = %+v, want %q", remarks, test.want)
			}
		})
	}
}

func TestSettingsBecomeYAML(t *testing.T) {
	got, err := Settings(`{"run": {"environment": "e.json", "timeoutRequest": 500, "reporters": ["cli", "junit"], "envVar": [{"key": "a", "value": "x: y"}], "reporter": {"junit": {"export": "o.xml"}}, "bail": null}}`)
	want := "environment: \"e.json\"\ntimeout-request: 500\nreporters: [\"cli\", \"junit\"]\nenv-var:\n  \"a\": \"x: y\"\nreporter: {\"junit\": {\"export\": \"o.xml\"}}\n"
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(err, diff)
	}
	if _, err := Settings("[]"); err == nil {
		t.Error("a list is taken")
	}
}

// FuzzRewrite: whatever the text, what is no command stays, and rewriting twice changes nothing more.
func FuzzRewrite(f *testing.F) {
	f.Add("newman run a.json -r cli,allure --reporter-x-y \"z\" \\\n -e b && newman run")
	f.Add("run: \"newman run 'a' $(newman run b)\"")
	f.Fuzz(func(t *testing.T, text string) {
		once, changes := Rewrite(text)
		if len(changes) == 0 && once != text {
			t.Errorf("%q changed without a change", text)
		}
		for _, c := range changes {
			if !strings.HasPrefix(c.New, "posthaste run") {
				t.Errorf("a change is %+v", c)
			}
		}
		if twice, again := Rewrite(once); len(again) > 0 && strings.Count(text, "newman") < 4 {
			t.Errorf("%q becomes %q and then %q", text, once, twice)
		}
	})
}
