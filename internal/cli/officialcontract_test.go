package cli

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"posthaste/internal/openapi/contract"
	"posthaste/internal/vipps"
)

// officialBaseline is every known deviation of the official collections, of Vipps' files, and of the simulator from them, with its reason.
const officialBaseline = "../../testdata/openapi/official.yaml"

// officialFiles are the specifications of each official collection. SIM is the simulator's address, TEST the host that some
// collections have in their requests.
func officialFiles() map[string][]string {
	const (
		token     = "access-token-v2.0.0_2023-11-08.yaml"
		userinfo  = "userinfo_2.0.3_2023-10-30.yaml"
		ecom      = "ecom-v2_2.0.3_2023-10-30.yaml"
		epayment  = "epayment-v1_2023-12-12.yaml"
		recurring = "recurring-v2v3_2.6.17_2023-12-07.yaml"
		login     = "login_1.1.0_2023-12-01.yaml"
		psp       = "psp-v3_1.0.21_2023-10-30.yaml"
		signup    = "psp-signup_1.1.7_2023-11-29.yaml"
		old       = "recurring-v1_2019-05-21.json=TEST/recurring" // the file has the path of a machine inside Vipps
	)
	return map[string][]string{
		"vipps-management-api-postman-collection.json":  {"management_1.1.6_2023-11-14.yaml", token},
		"userinfo-api-postman-collection.json":          {userinfo, token, epayment, ecom, recurring, login},
		"checkout-api-postman-collection.json":          {"checkout-v3_2023-12-06.yaml"},
		"2018-single-request-access-token.json":         {token + "=TEST"},
		"2019-vipps-ecom-api-postman-collection.json":   {ecom, token},
		"vipps-ecom-api-postman-collection.json":        {ecom, token, userinfo, "qr_2023-12-07.yaml"},
		"epayment-api-postman-collection.json":          {epayment, token, userinfo, "qr_2023-12-07.yaml"},
		"vipps-invoice-ipp-api-postman-collection.json": {"invoice-ipp_0.3.44_2019-10-04.yaml", "invoice-ipp_0.3.44_2019-10-04.yaml=SIM/vipps-invoice"},
		"vipps-invoice-isp-api-postman-collection.json": {"invoice-isp_0.3.44_2020-02-14.yaml=SIM/vipps-ipp/v1", "invoice-isp_0.3.44_2020-02-14.yaml=SIM/vipps-invoice"},
		"ciba-api.postman_collection.json":              {login, userinfo},
		"login-api.postman_collection.json":             {login, userinfo, token},
		"order-management-api-postman-collection.json":  {"order-management_2023-12-01.yaml", token, ecom},
		"vipps-partner-api-postman-collection.json":     {"partner_2.0.0_2023-10-30.yaml", token},
		"vipps-psp-v2-api-postman-collection.json":      {psp, signup, token},
		"vipps-psp-v3-api-postman-collection.json":      {psp, signup, token},
		"qr-api-postman-collection.json":                {"qr_2023-12-07.yaml", token, ecom},
		"2018-format-v1-postman-collection.json":        {old},
		"2018-format-v2.0-postman-collection.json":      {old},
		"recurring-v2-api-postman-collection.json":      {recurring, token, userinfo},
		"recurring-v3-api-postman-collection.json":      {recurring, token, userinfo},
		"Webhooks.postman_collection.json":              {"webhooks_v1_2023-12-01.yaml", token + "=TEST"},
	}
}

// A contractRow is what the table of docs/vipps.md says of a collection.
type contractRow struct {
	name, operations string
	deviations       []string
}

// TestOfficialCollectionsKeepTheirContracts runs every official collection against the simulator, and holds each exchange against the specifications. What
// deviates stands in a baseline with its reason, which has nothing else. docs/vipps.md has the table.
func TestOfficialCollectionsKeepTheirContracts(t *testing.T) {
	shared := filepath.Join("..", "..", "..", "shared", "vipps")
	if _, err := os.Stat(shared); err != nil {
		if os.Getenv("REQUIRE_SHARED") == "1" {
			t.Fatal("../shared is not here, and REQUIRE_SHARED=1")
		}
		t.Skip("skipped: ../shared is not here")
	}
	known, err := os.ReadFile(officialBaseline)
	if err != nil {
		t.Fatal(err)
	}
	files := officialFiles()
	var rows []contractRow
	met := map[string]bool{}
	for _, name := range officialCollections(t, filepath.Join(shared, "official")) {
		if len(files[name]) == 0 {
			t.Errorf("which specifications has %s?", name)
			continue
		}
		row := heldAgainstFiles(t, shared, name, files[name], known)
		for _, d := range row.deviations {
			met[d] = true
		}
		rows = append(rows, row)
	}
	baseline, err := contract.ReadBaseline(officialBaseline, known, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, e := range baseline.Entries {
		have = append(have, e.Violation)
		if !met[e.Violation] {
			t.Errorf("%s: %s does not happen any more", e.Place, e.Violation)
		}
		if e.Reason == contract.Unexplained || !regexp.MustCompile(`^(collection|file|simulator): `).MatchString(e.Reason) {
			t.Errorf("%s: the reason says not whether the collection, the file or the simulator deviates: %s", e.Place, e.Reason)
		}
	}
	for d := range met {
		if !slices.Contains(have, d) {
			t.Errorf("%s has no reason in %s", d, officialBaseline)
		}
	}
	if !slices.IsSorted(have) {
		t.Errorf("%s is not sorted", officialBaseline)
	}
	table := contractTable(rows)
	t.Log("\n" + table)
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "vipps.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), table) {
		t.Errorf("docs/vipps.md has another table of operations and deviations:\n%s", table)
	}
}

// heldAgainstFiles runs a collection through the command. Its known deviations are written again, so that those that happened are what is
// in the file afterwards.
func heldAgainstFiles(t *testing.T, shared, name string, files []string, known []byte) contractRow {
	t.Helper()
	server := vipps.New(vipps.Options{Now: time.Now})
	sim := httptest.NewServer(server)
	defer sim.Close()
	dir := t.TempDir()
	write(t, dir, map[string]string{"env.json": string(vipps.Environment(sim.URL, server.Keys())), "known.yaml": string(known)})
	paths, err := filepath.Glob(filepath.Join(shared, "official", "*", name))
	if err != nil || len(paths) != 1 {
		t.Fatalf("%s: found %v, %v", name, paths, err)
	}
	path, err := filepath.Abs(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"run", path, "-e", "env.json", "--delay-request", "2", "-r", "cli", "--openapi-baseline", "known.yaml", "--openapi-update-baseline"}
	for _, host := range []string{"https://apitest.vipps.no", "https://api.vipps.no", "https://invoice-api.vipps.no"} {
		args = append(args, "--map", host+"="+sim.URL)
	}
	for _, file := range files {
		file, base, ok := strings.Cut(file, "=")
		if !ok {
			base = "SIM"
		}
		base = strings.NewReplacer("SIM", sim.URL, "TEST", "https://apitest.vipps.no").Replace(base)
		spec, err := filepath.Abs(filepath.Join(shared, "specs", file))
		if err != nil {
			t.Fatal(err)
		}
		args = append(args, "--openapi", spec+"="+base)
	}
	code, out, errs := runIn(t, dir, args...)
	if code > 1 {
		t.Errorf("%s: exit code %d\n%s", name, code, errs)
	}
	// The line that begins with openapi: may be broken.
	operations := regexp.MustCompile(`openapi:\s+(\d+\s+of\s+\d+)\s+operations`).FindStringSubmatch(out)
	if operations == nil {
		t.Fatalf("%s: no coverage is told\n%s%s", name, out, errs)
	}
	if strings.Contains(out, "are about none of") {
		t.Errorf("%s: nothing was held against the files", name)
	}
	b, err := contract.ReadBaseline("known.yaml", []byte(read(t, dir, "known.yaml")), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	row := contractRow{name: name, operations: strings.Join(strings.Fields(operations[1]), " ")}
	for _, e := range b.Entries {
		row.deviations = append(row.deviations, e.Violation)
	}
	return row
}

// contractTable is the table as docs/vipps.md shows it.
func contractTable(rows []contractRow) string {
	slices.SortFunc(rows, func(a, b contractRow) int { return strings.Compare(a.name, b.name) })
	var b strings.Builder
	b.WriteString("| collection | operations covered | deviations, all known |\n| --- | --- | --- |\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s | %d |\n", r.name, r.operations, len(r.deviations))
	}
	return b.String()
}
