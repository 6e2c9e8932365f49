package check

import (
	"encoding/json"
	"testing"

	"posthaste/internal/check/report"
)

// EnvironmentFiles are the states of the 2019 or the 2023 environment as Postman environments, for the tests that
// play with the whole command; by name, with the outcome that each comes to.
func EnvironmentFiles(t *testing.T, environment string) (files map[string][]byte, outcomes map[string]report.Outcome) {
	t.Helper()
	files, outcomes = map[string][]byte{}, map[string]report.Outcome{}
	for name, sc := range ways(environment) {
		type value struct {
			Key   string `json:"key"`
			Value string `json:"value"`
		}
		var file struct {
			Values []value `json:"values"`
		}
		for _, v := range filled(t, environment, sc.set) {
			file.Values = append(file.Values, value{v.Name, v.Value})
		}
		data, err := json.MarshalIndent(file, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		files[name], outcomes[name] = data, sc.want
	}
	return files, outcomes
}
