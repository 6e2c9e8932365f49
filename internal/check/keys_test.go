package check

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/tidwall/gjson"

	"posthaste/internal/check/report"
)

// jwt is a token with these claims, signed by nobody.
func jwt(claims map[string]any) string {
	data, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + base64.RawURLEncoding.EncodeToString(data) + ".x"
}

// goodToken is one that is right in all that is looked at.
func goodToken() string { return goodTokenOf("e5116526-51dc-4c14-b086-a5cb4716bc4b") }

// goodTokenOf is one of a directory.
func goodTokenOf(directory string) string {
	return jwt(map[string]any{"appid": keys().ClientID, "tid": directory, "exp": clock().Unix() + 3600})
}

// simulatorToken is one that the simulator knows.
func simulatorToken() string {
	r := httptest.NewRequest(http.MethodPost, "/accesstoken/get", http.NoBody)
	k := keys()
	r.Header.Set("client_id", k.ClientID)
	r.Header.Set("client_secret", k.ClientSecret)
	r.Header.Set("Ocp-Apim-Subscription-Key", k.SubscriptionKey)
	w := httptest.NewRecorder()
	playVipps().ServeHTTP(w, r)
	return gjson.Get(w.Body.String(), "access_token").Str
}

// tokenAnswer is what the token endpoint says with a token.
func tokenAnswer(token string) string {
	return `{"token_type":"Bearer","expires_in":"3599","access_token":"` + token + `"}`
}

const (
	tokenKey = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	callKey  = "cccccccccccccccccccccccccccccccc"
	lostKey  = "dddddddddddddddddddddddddddddddd"
)

// twoKeys is rule.Vipps as it was until about 2020: one subscription key for tokens, another one for calls.
func twoKeys() http.Handler {
	play := playVipps()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		want, good := callKey, keys().SubscriptionKey
		if strings.HasPrefix(r.URL.Path, "/accesstoken/") {
			want = tokenKey
		}
		if key := r.Header.Get("Ocp-Apim-Subscription-Key"); key == want {
			r.Header.Set("Ocp-Apim-Subscription-Key", good)
		} else if key != "" {
			r.Header.Set("Ocp-Apim-Subscription-Key", "unknown")
		}
		play.ServeHTTP(w, r)
	})
}

// keyRows are the decisions about several subscription keys (row S of the table).
func keyRows() map[string]scenario {
	row := func(token, calls string, want report.Outcome, rule string) scenario {
		return scenario{
			environment: "2019", serve: twoKeys(), want: want, rule: rule, set: map[string]string{
				"Ocp-Apim-Subscription-Key-Access-Token": token, "Ocp-Apim-Subscription-Key-Ecom": calls,
			},
		}
	}
	one := row(lostKey, lostKey, report.Finding, "subkey-invalid")
	one.serve = nil
	return map[string]scenario{
		"s-each-for-its-own":    row(tokenKey, callKey, report.AllRight, "together"),
		"s-crossed":             row(callKey, tokenKey, report.Finding, "crossed-keys"),
		"s-token-key-in-both":   row(tokenKey, tokenKey, report.Finding, "subkey-lost"),
		"s-call-key-unknown":    row(tokenKey, lostKey, report.Finding, "unknown-key"),
		"s-token-key-unknown":   row(lostKey, callKey, report.Finding, "subkey-invalid"),
		"s-neither-is-known":    row(lostKey, "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee", report.Finding, "subkey-invalid"),
		"s-one-unknown-in-both": one,
		"s-key-for-other-use": {
			environment: "2019", want: report.Finding, rule: "key-use", serve: twoKeysAndOne(), set: map[string]string{
				"Ocp-Apim-Subscription-Key-Access-Token": callKey, "Ocp-Apim-Subscription-Key-Ecom": keys().SubscriptionKey,
			},
		},
	}
}

// twoKeysAndOne knows a key for everything beside the key for calls.
func twoKeysAndOne() http.Handler {
	old, now := twoKeys(), playVipps()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Ocp-Apim-Subscription-Key") == callKey {
			old.ServeHTTP(w, r)
			return
		}
		now.ServeHTTP(w, r)
	})
}
