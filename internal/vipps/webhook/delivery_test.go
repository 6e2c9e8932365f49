package webhook

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestWebhookSignature is the example of Vipps' documentation. The secret opens nothing.
func TestWebhookSignature(t *testing.T) {
	const secret = "A0+AeKBRG2KRGvnNwJpQlb6IJFk48CKXCIcrLoHncVJKDILsQSxS6NWCccwWm6r6FhGKhiHTBsG2wo/xU6FY/A=="
	got := Sign(secret, "https://webhook.site/e2cee29b-012e-4f1d-8ef4-e95fd74a7a63", "Thu, 30 Mar 2023 08:38:32 GMT",
		[]byte(`{"some-unique-content":"ee6e441b-cc4a-46f8-895d-a5af79bcc233/hello-world"}`))
	want := http.Header{
		"X-Ms-Date":           {"Thu, 30 Mar 2023 08:38:32 GMT"},
		"X-Ms-Content-Sha256": {"lNlsp1XA03N34HrQsVzPgJKtC+r7l/RBF4V3JQUWMj4="},
		"Authorization": {"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" +
			"agAiSyogQbDHpeucoNwYz+yAr5nJ+v+zasdkSbqzv+U="},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("headers (-got +want):\n%s", diff)
	}
}

func TestPauseBetweenAttempts(t *testing.T) {
	for n, want := range map[int]time.Duration{
		1: 2 * time.Second, 4: 2 * time.Second, 5: time.Minute, 6: 2 * time.Minute, 7: time.Hour, 28: time.Hour, 29: 24 * time.Hour,
	} {
		if got := pause(n); got != want {
			t.Errorf("after attempt %d: %s, want %s", n, got, want)
		}
	}
}
