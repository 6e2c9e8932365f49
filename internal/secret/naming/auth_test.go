package naming_test

import (
	"os"
	"strings"
	"testing"

	"posthaste/internal/secret/naming"
)

// The table of docs/reports.md is that of the program.
func TestTheTableOfAuthenticationIsDocumented(t *testing.T) {
	data, err := os.ReadFile("../../../docs/reports.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(data), "| scheme | secret fields |")
	if !ok {
		t.Fatal("docs/reports.md has no table of the secret fields of authentication")
	}
	rows := 0
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 4 || strings.Contains(line, "---") {
			if rows > 0 {
				break
			}
			continue
		}
		rows++
		scheme := strings.Trim(cells[1], " `")
		if got, want := strings.Join(naming.AuthFields(scheme), " "), strings.ReplaceAll(strings.TrimSpace(cells[2]), "`", ""); got != want {
			t.Errorf("the secret fields of %s are %s, docs/reports.md says %s", scheme, got, want)
		}
	}
	const schemes = 12
	if rows != schemes {
		t.Errorf("docs/reports.md has %d schemes, want %d", rows, schemes)
	}
	for _, innocent := range [][2]string{{"basic", "username"}, {"oauth2", "clientId"}, {"oauth2", "addTokenTo"}, {"oauth1", "consumerKey"}, {"awsv4", "accessKey"}, {"hawk", "authId"}, {"oauth2", "accessTokenUrl"}, {"apikey", "key"}} {
		if naming.AuthField(innocent[0], innocent[1]) {
			t.Errorf("%s of %s is no secret", innocent[1], innocent[0])
		}
	}
}
