package environment

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"posthaste/collections"
	"posthaste/internal/vipps/core"
	"posthaste/internal/vipps/facts"
)

// environment is the environment's variables and their types by name.
func environment(t *testing.T) (values, types map[string]string) {
	t.Helper()
	var env struct {
		Scope  string `json:"_postman_variable_scope"`
		Values []struct {
			Key, Value, Type string
			Enabled          bool
		}
	}
	if err := json.Unmarshal(New("http://127.0.0.1:8080/", core.TestKeys()), &env); err != nil {
		t.Fatal(err)
	}
	if env.Scope != "environment" {
		t.Errorf("scope = %q, want environment", env.Scope)
	}
	values, types = map[string]string{}, map[string]string{}
	for _, v := range env.Values {
		if _, twice := values[v.Key]; twice || !v.Enabled {
			t.Errorf("%s is there twice or disabled", v.Key)
		}
		values[v.Key], types[v.Key] = v.Value, v.Type
	}
	return values, types
}

func TestEnvironmentFillsTheKeys(t *testing.T) {
	values, types := environment(t)
	k := core.TestKeys()
	tests := map[string]struct{ value, kind string }{
		"base_url":                               {"http://127.0.0.1:8080", "default"},
		"client_id":                              {k.ClientID, "default"},
		"client_secret":                          {k.ClientSecret, "secret"},
		"merchantSerialNumber":                   {k.MerchantSerialNumber, "default"},
		"mobileNumber":                           {k.MobileNumber, "default"},
		"access_token":                           {"", "secret"},
		"Ocp-Apim-Subscription-Key-Access-Token": {k.SubscriptionKey, "secret"},
		"Ocp-Apim-Subscription-Key-Ecom":         {k.SubscriptionKey, "secret"},
		"idempotency_key":                        {"{{$guid}}", "default"},
		"productName":                            {"Sock of the month", "default"},
	}
	for name, want := range tests {
		if values[name] != want.value || types[name] != want.kind {
			t.Errorf("%s = %q of type %s, want %q of type %s", name, values[name], types[name], want.value, want.kind)
		}
	}
}

// TestEnvironmentHasTheNamesOfOldRevisions lists names that official environments of other revisions have.
func TestEnvironmentHasTheNamesOfOldRevisions(t *testing.T) {
	values, _ := environment(t)
	k := core.TestKeys()
	for name, want := range map[string]string{
		"customerPhoneNumber": k.MobileNumber, "Customer_Mobile": k.MobileNumber, "url": "127.0.0.1:8080", "URL_ROOT": "http://127.0.0.1:8080",
		"merchant_serial_number": k.MerchantSerialNumber, "Merchant-Serial-Number": k.MerchantSerialNumber, "MSN": k.MerchantSerialNumber,
		"merchant_client_id": k.ClientID, "merchant_client_secret": k.ClientSecret, "product-key": k.SubscriptionKey,
		"ocp-apim-subscription-key-access-token": k.SubscriptionKey, "ocp-apim-subscription-key-ecom": k.SubscriptionKey,
		"OcpApimSubscriptionKey": k.SubscriptionKey, "MERCHANT-SERIAL-NUMBER": k.MerchantSerialNumber, "pspid": "407112",
		"callBackUrl": "https://example.com/callbacks", "TransactionText": "One pair of socks",
	} {
		if values[name] != want {
			t.Errorf("%s = %q, want %q", name, values[name], want)
		}
	}
}

// TestEnvironmentHasEveryNameThatIsKnown takes the names from the table that tools/vippsfacts collects.
func TestEnvironmentHasEveryNameThatIsKnown(t *testing.T) {
	values, _ := environment(t)
	if len(facts.VariableNames()) < 150 {
		t.Fatalf("the table has %d names, which is too few", len(facts.VariableNames()))
	}
	for _, name := range facts.VariableNames() {
		if _, ok := values[name]; !ok {
			t.Errorf("the environment lacks %s", name)
		}
	}
}

// TestEnvironmentHidesSecrets looks for the secrets under names that were forgotten.
func TestEnvironmentHidesSecrets(t *testing.T) {
	values, types := environment(t)
	k := core.TestKeys()
	for name, value := range values {
		if (value == k.ClientSecret || value == k.SubscriptionKey) && types[name] != "secret" {
			t.Errorf("%s holds a secret and has type %s", name, types[name])
		}
	}
}

func TestEnvironmentStaysOnItsHost(t *testing.T) {
	values, _ := environment(t)
	for name, value := range values {
		if strings.Contains(value, "vipps.no") {
			t.Errorf("%s = %q, want the simulator's host", name, value)
		}
	}
}

func TestEnvironmentFillsOurCollections(t *testing.T) {
	values, _ := environment(t)
	for _, name := range []string{
		collections.Ecom, collections.EPayment, collections.Recurring, collections.Login, collections.QR, collections.Webhooks,
		collections.Checkout, collections.PSP, collections.CheckIn,
	} {
		b, err := fs.ReadFile(collections.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		used := variablesIn(string(b))
		if len(used) < 8 {
			t.Errorf("%s uses %d variables, want more: is it the right file?", name, len(used))
		}
		for variable := range used {
			if _, ok := values[variable]; !ok {
				t.Errorf("%s uses {{%s}}, which the environment lacks", name, variable)
			}
		}
	}
}

// variablesIn finds {{name}}, apart from dynamic ones.
func variablesIn(text string) map[string]bool {
	names := map[string]bool{}
	for _, m := range regexp.MustCompile(`\{\{([^{}$][^{}]*)\}\}`).FindAllStringSubmatch(text, -1) {
		names[m[1]] = true
	}
	return names
}

// TestEnvironmentFillsTheOfficialCollections reads every official file: what it
// uses and no script sets must be there, and whatever an official environment has.
func TestEnvironmentFillsTheOfficialCollections(t *testing.T) {
	const root = "../../../shared/vipps/official"
	if _, err := os.Stat(root); errors.Is(err, fs.ErrNotExist) {
		t.Skip("skipped: ../shared is not here")
	}
	values, _ := environment(t)
	set := regexp.MustCompile(`(?:environment\.set|setEnvironmentVariable)\(\s*\\?["']([^"'\\]+)`)
	files, err := filepath.Glob(root + "/*/*.json")
	if err != nil || len(files) < 20 {
		t.Fatalf("found %d files in %s (%v), want the official ones", len(files), root, err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if gjson.GetBytes(b, "values").Exists() { // an environment
			for _, name := range gjson.GetBytes(b, "values.#.key").Array() {
				if _, ok := values[name.Str]; !ok {
					t.Errorf("%s has %s, which the environment lacks", filepath.Base(file), name)
				}
			}
			continue
		}
		made := map[string]bool{}
		for _, m := range set.FindAllStringSubmatch(string(b), -1) {
			made[m[1]] = true
		}
		for name := range variablesIn(string(b)) {
			if _, ok := values[name]; !ok && !made[name] {
				t.Errorf("%s uses {{%s}}, which the environment lacks", filepath.Base(file), name)
			}
		}
	}
}

// TestNoNameStandsThereTwice holds for every name, also one that is given besides.
func TestNoNameStandsThereTwice(t *testing.T) {
	env := gjson.ParseBytes(New("http://127.0.0.1:1", core.TestKeys(), [2]string{"dueDate", "2026-12-03"}, [2]string{"$listener", "http://127.0.0.1:2"}))
	seen := map[string]string{}
	for _, v := range env.Get("values").Array() {
		if _, twice := seen[v.Get("key").Str]; twice {
			t.Errorf("%s stands there twice", v.Get("key").Str)
		}
		seen[v.Get("key").Str] = v.Get("value").Str
	}
	if seen["dueDate"] != "2026-12-03" {
		t.Errorf("dueDate is %s", seen["dueDate"])
	}
}
