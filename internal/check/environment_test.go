package check

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"posthaste/internal/check/report"
	"posthaste/internal/check/value"
)

// ways are the states of an environment that the 2019 and the 2023 form are each checked in: as downloaded, wrong
// in twelve ways, and right. NAME stands for the variable with the subscription key.
func ways(environment string) map[string]scenario {
	k := keys()
	key := "Ocp-Apim-Subscription-Key"
	if environment == "2019" {
		key += "-Access-Token"
	}
	list := map[string]scenario{
		"right":                      {want: report.AllRight},
		"unfilled":                   {want: report.Finding, rule: "placeholder", set: unfilled(environment)},
		"01-placeholder-left":        {want: report.Finding, rule: "placeholder", set: map[string]string{"client_secret": "<client secret>"}},
		"02-quotes":                  {want: report.Finding, rule: "paste", set: map[string]string{"client_id": `"` + k.ClientID + `"`}},
		"03-space":                   {want: report.Finding, rule: "paste", set: map[string]string{"merchantSerialNumber": k.MerchantSerialNumber + " "}},
		"04-newline":                 {want: report.Finding, rule: "paste", set: map[string]string{"client_secret": k.ClientSecret + "\n"}},
		"05-letter-o":                {want: report.Finding, rule: "shape", set: map[string]string{"client_id": strings.Replace(k.ClientID, "0", "o", 1)}},
		"06-swapped":                 {want: report.Finding, rule: "swapped", set: map[string]string{"client_id": k.ClientSecret, "client_secret": k.ClientID}},
		"07-documentation-example":   {want: report.Finding, rule: "example", set: map[string]string{key: "0f14ebcab0ec4b29ae0cb90d91b4a84a"}},
		"08-production-host":         {want: report.Finding, rule: "host-other", set: map[string]string{"base_url": "https://api.vipps.no"}},
		"09-unknown-client-id":       {want: report.Finding, rule: "client-id-unknown", set: map[string]string{"client_id": "11111111-2222-3333-4444-555555555555"}},
		"10-wrong-client-secret":     {want: report.Finding, rule: "client-secret-wrong", set: map[string]string{"client_secret": "bm90LXRoZS1yaWdodC1vbg=="}},
		"11-other-subscription-key":  {want: report.Finding, set: map[string]string{key: "11111111222222223333333344444444"}},
		"12-number-of-another-store": {want: report.Finding, rule: "msn-refused", set: map[string]string{"merchantSerialNumber": "204816"}},
	}
	for name, sc := range list {
		sc.environment = environment
		list[name] = sc
	}
	return list
}

// unfilled are the credentials as the file has them.
func unfilled(environment string) map[string]string {
	list := map[string]string{
		"client_id": "<client id>", "client_secret": "<client secret>", "merchantSerialNumber": "<number>",
		"Ocp-Apim-Subscription-Key": "<key>",
	}
	if environment == "2019" {
		delete(list, "Ocp-Apim-Subscription-Key")
		list["Ocp-Apim-Subscription-Key-Access-Token"], list["Ocp-Apim-Subscription-Key-Ecom"] = "<key>", "<key>"
	}
	return list
}

func TestEnvironmentsOf2019And2023(t *testing.T) {
	for _, environment := range []string{"2019", "2023"} {
		for name, sc := range ways(environment) {
			t.Run(environment+"/"+name, func(t *testing.T) {
				found := judge(t, environment+"/"+name+".txt", sc)
				for wrong := range sc.set {
					inFile := slices.ContainsFunc(filled(t, environment, nil), func(v value.Variable) bool { return v.Name == wrong })
					isSaid := slices.ContainsFunc(found.Lines, func(l report.Line) bool { return l.Subject == wrong && l.Status() == report.Fail })
					if inFile && !isSaid {
						t.Errorf("no line says what is wrong with %s", wrong)
					}
				}
			})
		}
	}
}

// The official files say the same as our own that are shaped like them.
func TestOfficialEnvironments(t *testing.T) {
	official := filepath.Join("..", "..", "..", "shared", "vipps", "official")
	if _, err := os.Stat(official); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	files, err := filepath.Glob(filepath.Join(official, "*", "*envir*ment*.json"))
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d environments, %v", len(files), err)
	}
	k := keys()
	right := map[string]string{"client_id": k.ClientID, "client_secret": k.ClientSecret, "subscription_key": k.SubscriptionKey, "msn": k.MerchantSerialNumber}
	for _, file := range files {
		t.Run(filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file), func(t *testing.T) {
			list := readEnvironment(t, file)
			unfilled, in := scenario{input: func(in *Input) { in.Variables = list }}.run(t)
			text := asText(t, unfilled, report.Style{})
			holds(t, unfilled, in, text)
			if unfilled.Outcome != report.Finding {
				t.Errorf("unfilled, it is %s", unfilled.Outcome)
			}
			missing := right
			full := slices.Clone(list)
			for id, good := range right {
				for i, v := range full {
					if builtin(t).Value(id).Rank(v.Name) < 0 {
						continue
					}
					if missing = maps.Clone(missing); missing[id] != "" {
						delete(missing, id)
					}
					if !regexp.MustCompile(`(?m)^  FAIL  ` + regexp.QuoteMeta(v.Name) + `\s+placeholder`).MatchString(text) {
						t.Errorf("no line calls %s a placeholder:\n%s", v.Name, text)
					}
					full[i].Value = good
				}
			}
			for i, v := range full {
				if v.Name == "PSP-ID" {
					full[i].Value = "407112"
				}
			}
			for id, good := range missing { // Login's and the invoice environments lack one
				full = append(full, value.Variable{Name: builtin(t).Value(id).Names[0], Value: good})
			}
			done, in := scenario{input: func(in *Input) { in.Variables = full }}.run(t)
			holds(t, done, in, asText(t, done, report.Style{}))
			if done.Outcome != report.AllRight {
				t.Errorf("filled, it is %s:\n%s", done.Outcome, asText(t, done, report.Style{}))
			}
		})
	}
}
