package check

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
)

// jwt is a token with these claims, signed by nobody.
func jwt(claims map[string]any) string {
	data, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + base64.RawURLEncoding.EncodeToString(data) + ".x"
}

const (
	tokenKey = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	callKey  = "cccccccccccccccccccccccccccccccc"
	lostKey  = "dddddddddddddddddddddddddddddddd"
)

// twoKeys is Vipps as it was until about 2020: one subscription key for tokens, another one for calls.
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
	row := func(token, calls string, want Outcome, rule string) scenario {
		return scenario{
			environment: "2019", serve: twoKeys(), want: want, rule: rule, set: map[string]string{
				"Ocp-Apim-Subscription-Key-Access-Token": token, "Ocp-Apim-Subscription-Key-Ecom": calls,
			},
		}
	}
	one := row(lostKey, lostKey, Finding, "subkey-invalid")
	one.serve = nil
	return map[string]scenario{
		"s-each-for-its-own":    row(tokenKey, callKey, AllRight, "together"),
		"s-crossed":             row(callKey, tokenKey, Finding, "crossed-keys"),
		"s-token-key-in-both":   row(tokenKey, tokenKey, Finding, "subkey-lost"),
		"s-call-key-unknown":    row(tokenKey, lostKey, Finding, "unknown-key"),
		"s-token-key-unknown":   row(lostKey, callKey, Finding, "subkey-invalid"),
		"s-neither-is-known":    row(lostKey, "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee", Finding, "subkey-invalid"),
		"s-one-unknown-in-both": one,
		"s-key-for-other-use": {
			environment: "2019", want: Finding, rule: "key-use", serve: twoKeysAndOne(), set: map[string]string{
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
