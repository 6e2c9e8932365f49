package cli

import (
	"strings"
	"testing"

	"posthaste/internal/cli/process"
	"posthaste/internal/vipps"
)

// TestNamesOfRevisionsThatAreGone runs requests in the way of revisions that no folder has: a host without a scheme in
// url, names in capitals and without hyphens, a PSP's number in lower case. What --write-env writes fills them all.
func TestNamesOfRevisionsThatAreGone(t *testing.T) {
	sim := newOwnSim(t)
	host := strings.TrimPrefix(sim.url, "http://")
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"env.json": string(vipps.Environment(sim.url, sim.server.Keys())),
		"c.json": `{"info": {"name": "c"}, "item": [
			{"name": "token", "request": {"method": "POST", "url": "https://{{url}}/accessToken/get", "header": [
				{"key": "client_id", "value": "{{client_id}}"}, {"key": "client_secret", "value": "{{client_secret}}"},
				{"key": "Ocp-Apim-Subscription-Key", "value": "{{Ocp-Apim-Subscription-Key_token}}"}]},
				"event": [{"listen": "test", "script": {"exec": ["pm.test('200', () => pm.response.to.have.status(200))", "postman.setEnvironmentVariable('token', pm.response.json().access_token)"]}}]},
			{"name": "init", "request": {"method": "POST", "url": "{{url}}/psp/v2/psppayments/init", "header": [
				{"key": "Authorization", "value": "Bearer {{token}}"}, {"key": "Psp-Id", "value": "{{pspid}}"}, {"key": "X-TimeStamp", "value": "{{isoTime}}"},
				{"key": "Merchant-Serial-Number", "value": "{{MERCHANT-SERIAL-NUMBER}}"}, {"key": "Ocp-Apim-Subscription-Key", "value": "{{OcpApimSubscriptionKey}}"}],
				"body": {"mode": "raw", "raw": "{\"pspTransactionId\": \"{{psptransactionid}}\", \"merchantOrderId\": \"1\", \"amount\": 1337, \"currency\": \"NOK\", \"makePaymentToken\": \"t\", \"makePaymentUrl\": \"https://example.com/pay\", \"pspRedirectUrl\": \"https://example.com/back\", \"paymentText\": \"Order 1\"}"}},
				"event": [{"listen": "test", "script": {"exec": ["pm.test('200', () => pm.response.to.have.status(200))"]}}]}]}`,
	})
	code, out, errs := runIn(t, dir, "run", "c.json", "-e", "env.json", "--map", "https://"+host+"="+sim.url)
	if code != process.ExitPassed || strings.Contains(out+errs, "unresolved") {
		t.Errorf("exit code %d\n%s%s", code, out, errs)
	}
}
