package auth

import (
	"regexp"
	"strings"
	"testing"

	"posthaste/collection"
)

func TestEdgeGridMatchesAkamaisTestData(t *testing.T) {
	const (
		host   = "https://akaa-baseurl-xxxxxxxxxxx-xxxxxxxxxxxxx.luna.akamaiapis.net"
		prefix = "EG1-HMAC-SHA256 client_token=akab-client-token-xxx-xxxxxxxxxxxxxxxx;" +
			"access_token=akab-access-token-xxx-xxxxxxxxxxxxxxxx;timestamp=20140321T19:34:21+0000;" +
			"nonce=nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx;signature="
	)
	tests := map[string]struct {
		method, path, body string
		headers            []string
		want               string
	}{
		"simple GET":                 {"GET", "/", "", nil, "tL+y4hxyHxgWVD30X3pWnGKHcPzmrIF+LThiAOhMxYU="},
		"GET with querystring":       {"GET", "/testapi/v1/t1?p1=1&p2=2", "", nil, "hKDH1UlnQySSHjvIcZpDMbQHihTQ0XyVAKZaApabdeA="},
		"POST inside limit":          {"POST", "/testapi/v1/t3", "datadatadatadatadatadatadatadata", nil, "hXm4iCxtpN22m4cbZb4lVLW5rhX8Ca82vCFqXzSTPe4="},
		"POST too large":             {"POST", "/testapi/v1/t3", strings.Repeat("d", 3000), nil, "6Q6PiTipLae6n4GsSIDTCJ54bEbHUBp+4MUXrbQCBoY="},
		"POST length equals maxBody": {"POST", "/testapi/v1/t3", strings.Repeat("d", 2048), nil, "6Q6PiTipLae6n4GsSIDTCJ54bEbHUBp+4MUXrbQCBoY="},
		"POST empty body":            {"POST", "/testapi/v1/t6", "", nil, "1gEDxeQGD5GovIkJJGcBaKnZ+VaPtrc4qBUHixjsPCQ="},
		"header signing with GET":    {"GET", "/testapi/v1/t4", "", []string{"X-Test1: test-simple-header"}, "8F9AybcRw+PLxnvT+H0JRkjROrrUgsxJTnRXMzqvcwY="},
		"header containing spaces":   {"GET", "/testapi/v1/t4", "", []string{`X-Test1: "     test-header-with-spaces     "`}, "ucq2AbjCNtobHfCTuS38fdkl5UDdWHZhQX46fYR8CqI="},
		"leading and interior space": {"GET", "/testapi/v1/t4", "", []string{"X-Test1:      first-thing      second-thing"}, "WtnneL539UadAAOJwnsXvPqT4Kt6z7HMgBEwAFpt3+c="},
		"headers out of order":       {"GET", "/testapi/v1/t4", "", []string{"X-Test2: t2", "X-Test1: t1", "X-Test3: t3"}, "Wus73Nx8jOYM+kkBFF2q8D1EATRIMr0WLWwpLBgkBqY="},
		"extra header":               {"GET", "/testapi/v1/t5", "", []string{"X-Test2: t2", "X-Test1: t1", "X-Test3: t3", "X-Extra: this won't be included"}, "Knd/jc0A5Ghhizjayr0AUUvl2MZjBpS3FDSzvtq4Ixc="},
		"PUT":                        {"PUT", "/testapi/v1/t6", "PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP", nil, "GNBWEYSEWOLtu+7dD52da2C39aX/Jchpon3K/AmBqBU="},
		"PATCH":                      {"PATCH", "/testapi/v1/t6", "PPPPPPPPPPPPPPPPPPPPPPPPPPPPPPP", nil, "JIl05ImY1AOnMtmw+9LKgaFA8mnzsEKabbnHmI8LsQ4="},
		"GET with query params":      {"GET", "/testapi/v1/configs/111?from=12345&limit=200000", "", nil, "XM+hsuSs6nuy/5eDRty1IjtVCAdr8xPFRAZ/b8RXDm8="},
		"separator in path":          {"GET", "/testapi/v1/configs/111;222;333?from=12345&limit=200000", "", nil, "pmQF7Is2+O4r/mMojPR4yeF58BrempNNoBX5/DT0Fxs="},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newCaller(t, "edgegrid", map[string]any{
				"accessToken": "akab-access-token-xxx-xxxxxxxxxxxxxxxx", "clientToken": "akab-client-token-xxx-xxxxxxxxxxxxxxxx",
				"clientSecret": "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx=", "maxBodySize": 2048,
				"nonce": "nonce-xx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", "timestamp": "20140321T19:34:21+0000",
				"headersToSign": "X-Test1, X-Test2,X-Test3",
			})
			r := request(test.method+" "+host+test.path, test.body, test.headers...)
			signed, err := c.sign(r, 0)
			if got := headerOf(signed, "Authorization"); got != prefix+test.want || err != nil {
				t.Errorf("Authorization = %s, %v\nwant %s", got, err, prefix+test.want)
			}
			// The list of headers may also stand as JSON, and the host as a URL of its own.
			c.set(map[string]any{"headersToSign": collection.JSONValue(`["X-Test1","X-Test2",3,"X-Test3"]`), "baseURL": host + "/"})
			r.URL.Host = []string{"localhost"}
			signed, err = c.sign(r, 0)
			if got := headerOf(signed, "Authorization"); got != prefix+test.want || err != nil {
				t.Errorf("by another host Authorization = %s, %v\nwant %s", got, err, prefix+test.want)
			}
		})
	}
}

func TestEdgeGridDrawsNonceAndTimestamp(t *testing.T) {
	c := newCaller(t, "edgegrid", map[string]any{"accessToken": "a", "clientToken": "c", "clientSecret": "s"})
	signed, err := c.sign(request("GET http://h/", ""), 0)
	if err != nil {
		t.Fatal(err)
	}
	form := `^EG1-HMAC-SHA256 client_token=c;access_token=a;timestamp=20260102T03:04:05\+0000;` +
		`nonce=[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12};signature=[A-Za-z0-9+/]{43}=$`
	if got := headerOf(signed, "Authorization"); !regexp.MustCompile(form).MatchString(got) {
		t.Errorf("Authorization = %s, want it to match %s", got, form)
	}
}
