package planted_test

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
)

func declaredPlaces() []place {
	return []place{
		{"declared", "environment, secret", func(w *world, n int, s string) { w.env(n, s, "type", "secret"); w.item(n) }, anything, false},
		{"declared", "environment, secret and disabled", func(w *world, n int, s string) {
			w.environment = append(w.environment, map[string]any{"key": fmt.Sprintf("var%03d", n), "value": s, "type": "secret", "enabled": false})
			w.item(n)
		}, anything, false},
		{"declared", "globals, secret", func(w *world, n int, s string) {
			w.globals = append(w.globals, map[string]any{"key": fmt.Sprintf("var%03d", n), "value": s, "type": "secret", "enabled": true})
			w.item(n)
		}, anything, false},
		{"declared", "collection, secret", func(w *world, n int, s string) {
			w.variables = append(w.variables, map[string]any{"key": fmt.Sprintf("var%03d", n), "value": s, "type": "secret"})
			w.item(n)
		}, anything, false},
		{"declared", "the literal part of a placeholder's value", func(w *world, n int, s string) {
			w.env(n, "{{part}}"+s, "type", "secret")
			w.item(n, func(_, r map[string]any) {
				r["header"] = []any{map[string]any{"key": "X-Any", "value": fmt.Sprintf("{{var%03d}}", n)}}
			})
		}, ofWord, false},
		{"declared", "beginning with <", func(w *world, n int, s string) { w.secrets[n] = "<" + s; w.env(n, "<"+s, "type", "secret"); w.item(n) }, anything, false},
		{"declared", "a member of a JSON value", func(w *world, n int, s string) {
			w.env(n, `{"user":"me","inner":{"any":`+quoted(s)+`}}`, "type", "secret")
			w.item(n)
		}, anything, false},
		{"declared", "a line of a PEM value", func(w *world, n int, s string) {
			w.env(n, "-----BEGIN PRIVATE KEY-----\nMIIEabcdefgh\n"+s+"\n-----END PRIVATE KEY-----", "type", "secret")
			w.item(n)
		}, ofHeader, false},
		{"declared", "the password of a URL", func(w *world, n int, s string) {
			w.env(n, "postgres://me:"+url.PathEscape(s)+"@db/x", "type", "secret")
			w.item(n)
		}, anything, false},
		{"declared", "--secret", func(w *world, n int, s string) {
			w.env(n, s)
			w.args = append(w.args, "--secret", fmt.Sprintf("VAR%03d", n))
			w.item(n)
		}, anything, false},
		{"declared", "--env-file", func(w *world, n int, s string) { fmt.Fprintf(&w.envFile, "FILE%03d='%s'\n", n, s); w.item(n) }, "wtu", false},
		{"declared", "--vault", func(w *world, n int, s string) {
			fmt.Fprintf(&w.vault, "V%03d='%s'\n", n, s)
			w.item(n, func(_, r map[string]any) {
				r["header"] = []any{map[string]any{"key": "X-Any", "value": fmt.Sprintf("{{vault:V%03d}}", n)}}
			})
		}, ofHeader, false},
		{"declared", "--env-var by name", func(w *world, n int, s string) {
			w.args = append(w.args, "--env-var", fmt.Sprintf("token_%d=%s", n, s))
			w.item(n)
		}, anything, false},
		{"auth", "basic", auth("basic", "password", "username", "me"), anything, false},
		{"auth", "bearer", auth("bearer", "token"), ofHeader, false},
		{"auth", "apikey", auth("apikey", "value", "key", "X-Any", "in", "header"), ofHeader, false},
		{"auth", "apikey in the query", auth("apikey", "value", "key", "any", "in", "query"), anything, false},
		{"auth", "oauth1 consumerSecret", auth("oauth1", "consumerSecret", "consumerKey", "k", "signatureMethod", "PLAINTEXT"), anything, false},
		{"auth", "oauth1 tokenSecret", auth("oauth1", "tokenSecret", "consumerKey", "k", "consumerSecret", "cs", "token", "t", "signatureMethod", "PLAINTEXT", "addParamsToHeader", "true"), anything, false},
		{"auth", "oauth2 accessToken", auth("oauth2", "accessToken", "addTokenTo", "header"), ofHeader, false},
		{"auth", "oauth2 in the query", auth("oauth2", "accessToken", "addTokenTo", "queryParams"), anything, false},
		{"auth", "awsv4 secretKey", auth("awsv4", "secretKey", "accessKey", "AKIA", "region", "r", "service", "s"), anything, false},
		{"auth", "awsv4 sessionToken", auth("awsv4", "sessionToken", "accessKey", "AKIA", "secretKey", "sk", "region", "r", "service", "s"), ofHeader, false},
		{"auth", "hawk", auth("hawk", "authKey", "authId", "me", "algorithm", "sha256"), anything, false},
		{"auth", "jwt", auth("jwt", "secret", "algorithm", "HS256", "payload", "{}", "addTokenTo", "header"), anything, false},
		{"auth", "digest", auth("digest", "password", "username", "me"), anything, false},
		{"auth", "ntlm", auth("ntlm", "password", "username", "me"), anything, false},
		{"auth", "edgegrid", auth("edgegrid", "clientSecret", "accessToken", "a", "clientToken", "c"), anything, false},
		{"data", "a row by name", func(w *world, n int, s string) { w.rows[fmt.Sprintf("password_%d", n)] = s; w.item(n) }, anything, false},
		{"data", "a row by --secret", func(w *world, n int, s string) {
			w.rows[fmt.Sprintf("any_%d", n)] = s
			w.args = append(w.args, "--secret", fmt.Sprintf("any_%d", n))
			w.item(n)
		}, anything, false},
	}
}

func requestPlaces() (list []place) {
	for _, key := range []string{
		"X-Auth-Token", "X-Authtoken", "X-Api-Key", "x-functions-key", "X-PIN", "Ocp-Apim-Subscription-Key", "client_secret", "X-Refresh-Token", "Authorization",
		"Proxy-Authorization", "X-Vault-Token", "PRIVATE-TOKEN",
	} {
		list = append(list, place{"header", key, header(key), ofHeader, false})
	}
	pair := func(key string) func(s string) any {
		return func(s string) any { return []any{map[string]any{"key": key, "value": s, "type": "text"}} }
	}
	return append(list, []place{
		{"cookie", "sid", func(w *world, n int, s string) { header("Cookie")(w, n, "theme=dark; sid="+s) }, ofHeader, false},
		{"cookie", "connect.sid, encoded", func(w *world, n int, s string) { header("Cookie")(w, n, "connect.sid="+url.QueryEscape(s)) }, anything, false},
		{"cookie", "auth", func(w *world, n int, s string) { header("Cookie")(w, n, "auth="+s) }, ofHeader, false},
		{"URL", "api_key", query("?x=1&api_key=%s"), anything, false},
		{"URL", "sig", query("?sig=%s&x=1"), anything, false},
		{"URL", "code", query("?code=%s"), anything, false},
		{"URL", "fragment", query("#access_token=%s&x=1"), anything, false},
		{"URL", "a user alone", func(w *world, n int, s string) {
			w.item(n, func(_, r map[string]any) {
				r["url"] = strings.Replace(w.base, "://", "://"+url.PathEscape(s)+"@", 1) + fmt.Sprintf("/echo/%d", n)
			})
		}, anything, false},
		{"URL", "user and password", func(w *world, n int, s string) {
			w.item(n, func(_, r map[string]any) {
				r["url"] = strings.Replace(w.base, "://", "://me:"+url.PathEscape(s)+"@", 1) + fmt.Sprintf("/echo/%d", n)
			})
		}, anything, false},
		{"URL", "path variable", func(w *world, n int, s string) {
			w.item(n, func(_, r map[string]any) {
				host, _, _ := strings.Cut(strings.TrimPrefix(w.base, "http://"), "/")
				name, port, _ := strings.Cut(host, ":")
				r["url"] = map[string]any{
					"protocol": "http", "host": strings.Split(name, "."), "port": port, "path": []string{"echo", fmt.Sprint(n), ":token"},
					"variable": []any{map[string]any{"key": "token", "value": s}},
				}
			})
		}, ofWord, false},
		{"form", "password", body("urlencoded", pair("password")), anything, false},
		{"form", "in brackets", body("urlencoded", pair("user[otpCode]")), anything, false},
		{"form", "parts", body("formdata", pair("clientSecret")), anything, false},
		{"form", "raw", body("raw", func(s string) any { return "grant_type=password&password=" + url.QueryEscape(s) }), anything, false},
		{"JSON", "member", jsonRaw(`{"client":{"refresh_token":%s}}`), anything, false},
		{"JSON", "byte order mark", jsonRaw("\ufeff{\"apiKey\":%s}"), anything, false},
		{"JSON", "comments", jsonRaw("{ // the token\n \"token\": /* here */ %s,\n}"), anything, false},
		{"JSON", "cut", jsonRaw(`{"a":[{"token":%s,"b":`), anything, false},
		{"JSON", "lines", jsonRaw("{\"a\":1}\n{\"secret\":%s}\n"), anything, false},
		{"JSON", "plural", jsonRaw(`{"tokens":[%s]}`), anything, false},
		{"JSON", "in JSON", body("raw", func(s string) any { return quoted(map[string]string{"payload": `{"accessToken":` + quoted(s) + `}`}) }), anything, false},
		{"JSON", "pairs", jsonRaw(`[{"name":"api_key","value":%s}]`), anything, false},
		{"JSON", "pairs, value first", jsonRaw(`[{"value":%s,"key":"password"}]`), anything, false},
		{"XML", "element", body("raw", func(s string) any { return "<a><ns:Password>" + escaped(s) + "</ns:Password></a>" }), anything, false},
		{"XML", "attribute", body("raw", func(s string) any { return `<a><login token="` + escaped(s) + `"/></a>` }), anything, false},
		{"XML", "CDATA", raw("<a><token><![CDATA[%s]]></token></a>"), anything, false},
		{"GraphQL", "variables", body("graphql", func(s string) any {
			return map[string]any{"query": "mutation($p:String){login(password:$p)}", "variables": `{"password":` + quoted(s) + `}`}
		}), anything, false},
		{"GraphQL", "query", body("graphql", func(s string) any { return map[string]any{"query": "mutation{login(password:" + quoted(s) + "){ok}}"} }), anything, false},
		{"text", "name and value", raw("the client_secret=%s is taken"), ofHeader, false},
		{"text", "YAML", raw("a: 1\napi_key: %s\nb: 2\n"), ofHeader, false},
	}...)
}

func answerPlaces() (list []place) {
	for _, kind := range []string{
		"header/X-Auth-Token", "header/X-Api-Key", "header/X-Refresh-Token", "cookie/sid", "cookie/session", "location/code", "location/access_token",
		"json", "json-bom", "json-comments", "json-cut", "json-lines", "json-plural", "json-in-json", "json-pairs", "json-object", "xml", "xml-attribute", "html-input",
		"html-meta", "html-script", "form", "graphql",
	} {
		sorts := anything
		if strings.HasPrefix(kind, "header") || strings.HasPrefix(kind, "cookie") {
			sorts = ofHeader
		}
		list = append(list, place{"answer", kind, answer(kind), sorts, true})
	}
	return append(list, []place{
		{"script", "environment by name", script("pm.environment.set('payment_token', %s + %s)"), anything, true},
		{"script", "global by name", script("pm.globals.set('clientSecret', %s + %s)"), anything, true},
		{"script", "local by name", script("pm.variables.set('apiKey', %s + %s)"), anything, true},
		{"script", "collection by name", script("pm.collectionVariables.set('db_password', %s + %s)"), anything, true},
		{"script", "request header", script("pm.request.headers.upsert({key: 'X-Api-Key', value: %s + %s})"), ofHeader, false},
		{"shape", "JWT in an answer", jwt("jwt"), "j", true},
		{"shape", "JWT in HTML", jwt("jwt-html"), "j", true},
		{"shape", "JWT in a request", func(w *world, n int, _ string) {
			w.secrets[n] = tokenOf(n)
			w.item(n, func(_, r map[string]any) {
				r["method"], r["body"] = "POST", map[string]any{"mode": "raw", "raw": "it is " + tokenOf(n) + "."}
			})
		}, "j", false},
		{"shape", "PEM in an answer", func(w *world, n int, _ string) { w.secrets[n] = pemLine(n); w.meet(n, "pem") }, "p", true},
		{"shape", "PEM in JSON", func(w *world, n int, _ string) { w.secrets[n] = pemLine(n); w.meet(n, "pem-json") }, "p", true},
		{"shape", "name and value on the console", script("console.log('password=' + %s + %s)"), ofWord, false},
	}...)
}

func jwt(kind string) func(w *world, n int, _ string) {
	return func(w *world, n int, _ string) { w.secrets[n] = tokenOf(n); w.meet(n, kind) }
}

func tokenOf(n int) string {
	part := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	return part(`{"alg":"HS256"}`) + "." + part(fmt.Sprintf(`{"sub":"pl4nt%03d"}`, n)) + "." + part(fmt.Sprintf("signature-of-pl4nt%03d", n))
}

func pemLine(n int) string {
	return base64.StdEncoding.EncodeToString([]byte(fmt.Sprintf("pl4nt%03d-and-more-of-the-key-material-here", n)))
}
