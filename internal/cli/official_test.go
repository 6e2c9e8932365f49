package cli

import (
	"bufio"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/tidwall/gjson"

	"posthaste/collection"
	"posthaste/internal/vipps"
	"posthaste/runner"
	"posthaste/runner/event"
)

// An oracleRow is what docs/vipps.md says of one request.
type oracleRow struct {
	Number, Request, Status string
}

// readOracle reads the table of docs/vipps.md, by collection file.
func readOracle(t *testing.T) map[string][]oracleRow {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "docs", "vipps.md"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows := map[string][]oracleRow{}
	scanner := bufio.NewScanner(file)
	for scanner.Scan() {
		cells := strings.Split(scanner.Text(), "|")
		if len(cells) < 7 || !strings.HasSuffix(strings.TrimSpace(cells[1]), ".json") {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if cells[5] == "" {
			t.Errorf("%s #%s: the table says not why it is %s", cells[1], cells[2], cells[4])
		}
		rows[cells[1]] = append(rows[cells[1]], oracleRow{cells[2], cells[3], cells[4]})
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestOfficialCollections runs Vipps' own collections, unchanged, against the simulator and compares the status
// of each response with the table that was written beforehand.
func TestOfficialCollections(t *testing.T) {
	official := filepath.Join("..", "..", "..", "shared", "vipps", "official")
	if _, err := os.Stat(official); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	oracle := readOracle(t)
	for _, name := range officialCollections(t, official) {
		if len(oracle[name]) == 0 {
			t.Errorf("the table of docs/vipps.md lacks %s", name)
		}
	}
	for name, want := range oracle {
		t.Run(name, func(t *testing.T) {
			paths, err := filepath.Glob(filepath.Join(official, "*", name))
			if err != nil || len(paths) != 1 {
				t.Fatalf("%s: found %v, %v", name, paths, err)
			}
			if diff := cmp.Diff(want, statuses(t, paths[0])); diff != "" {
				t.Errorf("the table (-) and the run (+) differ:\n%s", diff)
			}
		})
	}
}

// officialCollections names the files of all folders that are no environments.
func officialCollections(t *testing.T, official string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(official, "*", "*.json"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("found %d files, %v", len(paths), err)
	}
	var names []string
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !gjson.GetBytes(data, "values").Exists() {
			names = append(names, filepath.Base(path))
		}
	}
	return names
}

// statuses runs a collection against a simulator of its own.
func statuses(t *testing.T, path string) []oracleRow {
	t.Helper()
	server := vipps.New(vipps.Options{Now: time.Now})
	sim := httptest.NewServer(server)
	defer sim.Close()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c, err := collection.Parse(path, data, collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	env, err := collection.ParseEnvironment("sim", vipps.Environment(sim.URL, server.Keys()), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var rows []oracleRow
	_, err = runner.Run(t.Context(), runner.Options{
		Collection: c, Environment: env,
		Delay: 2 * time.Millisecond, // their scripts make order ids of the current millisecond
		Network: runner.Network{Map: []runner.Mapping{
			{From: "https://apitest.vipps.no", To: sim.URL},
			{From: "https://api.vipps.no", To: sim.URL},
			{From: "https://invoice-api.vipps.no", To: sim.URL},
		}},
		Sink: func(e event.Masked) error {
			switch e := e.Event().(type) {
			case event.ResponseReceived:
				if e.Source == event.FromCollection {
					rows = append(rows, oracleRow{strconv.Itoa(len(rows) + 1), e.Item.Name, strconv.Itoa(e.Response.Code)})
				}
			case event.RequestFailed:
				rows = append(rows, oracleRow{strconv.Itoa(len(rows) + 1), e.Item.Name, "error"})
			}
			return nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestTheGuideOf2019WithUnfilledKeys runs the collection and the environment of Vipps' guide of 2019 as they come, where
// every value still asks to be filled in: that is said before the first request, and nothing is called passed.
func TestTheGuideOf2019WithUnfilledKeys(t *testing.T) {
	folder, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "vipps", "official", "vipps-ecom-api"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(folder); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	for _, environment := range []string{"2019-vipps-ecom-api-postman-enviroment.json", "vipps-ecom-api-postman-environment.json"} {
		for _, name := range []string{"2019-vipps-ecom-api-postman-collection.json", "vipps-ecom-api-postman-collection.json"} {
			t.Run(name+" with "+environment, func(t *testing.T) {
				_, out := inTerminal(t, t.TempDir(), "run", filepath.Join(folder, name), "-e", filepath.Join(folder, environment),
					"--map", "apitest.vipps.no="+newOwnSim(t).url)
				before, after, ran := strings.Cut(out, "accesstoken/get")
				if !ran {
					before, after, ran = strings.Cut(out, "accessToken/get")
				}
				for _, want := range []string{"client_id", "client_secret"} {
					if !strings.Contains(before, want) {
						t.Errorf("before the first request nothing is said of %s:\n%s", want, before)
					}
				}
				if !ran || strings.Contains(after, "passed") || !strings.Contains(after, "401") || !strings.Contains(after, "no assertion ran") {
					t.Errorf("the run says\n%s", out)
				}
			})
		}
	}
}
