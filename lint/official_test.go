package lint_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"posthaste/collection"
	"posthaste/collections"
	"posthaste/internal/vipps"
	"posthaste/lint"
	"posthaste/lint/subject"
)

const officialDir = "../../shared/vipps/official"

// officialDefects are what ../shared/vipps/domain.md, sections 2.2 to 2.5, says is wrong with each official
// collection: "rule name" for errors, and what is to be filled in.
func officialDefects() []struct{ file, environment, defects, fill string } {
	const (
		global = "vipps-developers/global-postman-environment.json"
		four   = "client_id client_secret Ocp-Apim-Subscription-Key merchantSerialNumber "
	)
	return []struct{ file, environment, defects, fill string }{
		{
			"vipps-ecom-api/vipps-ecom-api-postman-collection.json", global,
			"late-token access_token; late-variable vippsLandingPageURL", four + "mobileNumber",
		},
		{
			"vipps-epayment-api/epayment-api-postman-collection.json", global,
			"wrong-answer payment_token; wrong-answer vippsLandingPageURL", four + "internationalMobileNumber payment_token",
		},
		{
			"vipps-recurring-api/recurring-v3-api-postman-collection.json", global,
			"unset-variable Idempotency-Key-Capture", four + "mobileNumber idempotency_key merchantOrderId",
		},
		{"vipps-recurring-api/recurring-v2-api-postman-collection.json", global, "", four + "mobileNumber"},
		{
			"vipps-psp-api/vipps-psp-v3-api-postman-collection.json", global,
			"late-token access_token; unset-variable Ocp-Apim-Subscription-Key-PSP; unset-variable PSP-ID; unset-variable pspRedirectUrl; " +
				"unset-variable makePaymentUrl",
			"client_id client_secret merchantSerialNumber mobileNumber idempotency_key",
		},
		{
			"vipps-invoice-api/vipps-invoice-ipp-api-postman-collection.json", "vipps-invoice-api/vipps-invoice-ipp-api-postman-environment.json",
			"bare-token access-token", "client-id client-secret access-token-key subscription-key invoice-id",
		},
		{
			"vipps-login-api/login-api.postman_collection.json", global,
			"late-variable token_endpoint; late-variable init_ciba_endpoint; unset-variable targetMerchantSerialNumber",
			four + "internationalMobileNumber code",
		},
		{
			"vipps-qr-api/qr-api-postman-collection.json", global,
			"late-token access_token; unset-variable collection_version", four + "mobileNumber",
		},
		{"vipps-order-management-api/order-management-api-postman-collection.json", global, "", four + "mobileNumber"},
		{
			"vipps-partner-api/vipps-partner-api-postman-collection.json", global,
			"late-token access_token; unset-variable base_url_production", four + "orgno",
		},
		{
			"management-api/vipps-management-api-postman-collection.json", global,
			"late-token access_token; unset-variable base_url_production; unset-variable msn", four,
		},
		{
			"userinfo-api/userinfo-api-postman-collection.json", global,
			"wrong-answer payment_token; wrong-answer vippsLandingPageURL", four + "mobileNumber internationalMobileNumber code",
		},
		{
			"vipps-checkout/checkout-api-postman-collection.json", global,
			"unset-variable system_name; unset-variable system_version; unset-variable system_plugin_name; unset-variable system_plugin_version",
			four + "internationalMobileNumber",
		},
		{"webhooks-api/Webhooks.postman_collection.json", global, "script-syntax ", four},
		{
			"vipps-ecom-api/2019-vipps-ecom-api-postman-collection.json", "vipps-ecom-api/2019-vipps-ecom-api-postman-enviroment.json", "",
			"client_id client_secret Ocp-Apim-Subscription-Key-Access-Token Ocp-Apim-Subscription-Key-Ecom merchantSerialNumber mobileNumber " +
				"amount callbackPrefix fallBack shippingDetailsPrefix consentRemovalPrefix",
		},
	}
}

// Each official collection has every error that the research found and no other, and all that is to be filled in is
// named, as a placeholder.
func TestOfficialCollectionsHaveTheirKnownDefects(t *testing.T) {
	if _, err := os.Stat(officialDir); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	for _, o := range officialDefects() {
		t.Run(filepath.Base(o.file), func(t *testing.T) {
			var defects, fill []string
			for _, f := range lintFiles(t, o.file, o.environment) {
				switch {
				case f.Rule == "placeholder":
					fill = append(fill, f.Name)
				case f.Severity == subject.Error:
					if d := f.Rule + " " + f.Name; !slices.Contains(defects, d) {
						defects = append(defects, d)
					}
				}
			}
			compareSets(t, "defects", defects, strings.Split(o.defects, "; "))
			compareSets(t, "to fill in", fill, strings.Fields(o.fill))
		})
	}
}

func lintFiles(t *testing.T, file, environment string) []subject.Finding {
	t.Helper()
	read := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join(officialDir, name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	c, err := collection.Parse(file, read(file), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	env, err := collection.ParseEnvironment(environment, read(environment), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return lint.Check(c, []*collection.Environment{env}, subject.Options{Source: func(name string) ([]byte, error) { return read(name), nil }})
}

func compareSets(t *testing.T, what string, got, want []string) {
	t.Helper()
	want = slices.DeleteFunc(want, func(s string) bool { return s == "" })
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(got, want); diff != "" && len(got)+len(want) > 0 {
		t.Errorf("%s: got (-), want (+):\n%s", what, diff)
	}
}

func TestTheBrokenScriptOfWebhooksIsNamedByItsLine(t *testing.T) {
	if _, err := os.Stat(officialDir); err != nil {
		t.Skip("skipped: ../shared is not here")
	}
	const file = "webhooks-api/Webhooks.postman_collection.json"
	for _, f := range lintFiles(t, file, "vipps-developers/global-postman-environment.json") {
		if f.Rule != "script-syntax" {
			continue
		}
		if got, want := strings.Join(f.Path, " / "), "Delete All"; got != want {
			t.Errorf("request %q, want %q", got, want)
		}
		if !strings.Contains(f.Source, "'Vipps-System-Name'") || f.Source[f.Mark-1] != '\'' {
			t.Errorf("source line %q, mark %d", f.Source, f.Mark)
		}
		return
	}
	t.Error("no finding")
}

// Our own collections have nothing that is wrong, be it with the simulator's environment or with none. The
// environment beside them is one to fill in, which is all that is said of it.
func TestOurCollectionsAreClean(t *testing.T) {
	source := func(name string) []byte {
		data, err := collections.Files().(interface{ ReadFile(string) ([]byte, error) }).ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	simulated, err := collection.ParseEnvironment("sim.json", vipps.Environment("http://127.0.0.1:1", vipps.New(vipps.Options{}).Keys()), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := collection.ParseEnvironment(collections.Environment, source(collections.Environment), collection.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		collections.Ecom, collections.EPayment, collections.Recurring, collections.Login, collections.QR, collections.Webhooks,
		collections.Checkout, collections.PSP, collections.CheckIn,
	} {
		c, err := collection.Parse(name, source(name), collection.Options{})
		if err != nil {
			t.Fatal(err)
		}
		opt := subject.Options{Source: func(string) ([]byte, error) { return source(name), nil }}
		for _, env := range [][]*collection.Environment{nil, {simulated}} {
			for _, f := range lint.Check(c, env, opt) {
				t.Errorf("%s: %s: %s", name, f.Rule, f.Text)
			}
		}
		for _, f := range lint.Check(c, []*collection.Environment{shipped}, opt) {
			if f.Rule != "placeholder" {
				t.Errorf("%s: %s: %s", name, f.Rule, f.Text)
			}
		}
	}
}
