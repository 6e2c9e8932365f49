package v3

import (
	"slices"
	"strings"

	"posthaste/collection"
	"posthaste/internal/near"
)

// credentialNames returns the parameters of an auth type, nil for a type that Postman does not have. The names
// are those of format 2.
func credentialNames(kind string) []string {
	switch kind {
	case "noauth", "inherit":
		return []string{}
	case "basic":
		return []string{"username", "password", "showPassword"}
	case "bearer":
		return []string{"token"}
	case "apikey":
		return []string{"key", "value", "in"}
	case "awsv4":
		return []string{"accessKey", "secretKey", "region", "service", "sessionToken", "addAuthDataToQuery", "auto", "id", "saveHelper", "time"}
	case "digest":
		return []string{"username", "password", "realm", "nonce", "nonceCount", "algorithm", "qop", "clientNonce", "opaque", "disableRetryRequest", "showPassword"}
	case "ntlm":
		return []string{"username", "password", "domain", "workstation", "disableRetryRequest"}
	case "hawk":
		return []string{"authId", "authKey", "algorithm", "user", "nonce", "extraData", "app", "delegation", "timestamp", "includePayloadHash"}
	case "edgegrid":
		return []string{"accessToken", "clientToken", "clientSecret", "nonce", "timestamp", "baseURL", "headersToSign", "baseUri", "maxBody"}
	case "asap":
		return []string{"alg", "kid", "iss", "exp", "aud", "privateKey", "claims", "sub", "expiresIn"}
	case "jwt":
		return []string{"algorithm", "secret", "isSecretBase64Encoded", "payload", "headerPrefix", "queryParamKey", "addTokenTo", "header", "privateKey", "headers", "kid"}
	case "oauth1":
		return []string{
			"consumerKey", "consumerSecret", "consumerPrivateKey", "token", "tokenSecret", "signatureMethod", "timestamp", "nonce", "version", "realm",
			"callback", "verifier", "addParamsToHeader", "addEmptyParamsToSign", "includeBodyHash", "autoAddParam", "disableHeaderEncoding",
		}
	case "oauth2":
		return []string{
			"accessToken", "accessTokenUrl", "authUrl", "clientId", "clientSecret", "scope", "state", "grant_type", "addTokenTo", "client_authentication",
			"headerPrefix", "username", "password", "redirect_uri", "callBackUrl", "tokenName", "tokenType", "useBrowser", "challengeAlgorithm", "code_verifier",
			"refreshTokenUrl", "refreshRequestParams", "tokenRequestParams", "authRequestParams", "audience", "resource", "expires_in", "refreshToken", "usePkce",
			"idToken", "timestamp", "accessTokenKey", "refresh_token_url", "grantType", "clientAuth",
		}
	case "azure", "sasl":
		return []string{"username", "password", "token", "mechanism", "accountName", "accountKey", "key"}
	}
	return nil
}

func authTypes() []string {
	return []string{
		"basic", "bearer", "apikey", "digest", "oauth1", "oauth2", "jwt", "awsv4", "hawk", "ntlm", "asap", "edgegrid", "azure", "sasl", "inherit", "noauth",
	}
}

// auth reads {type, credentials}, or the list of these that collections and folders have, whose first entry is
// the one that is used. Nothing, and type inherit, leave the parent's.
func (r *reader) auth(v value, it *collection.Item) *collection.Auth {
	if v.isList() {
		list := v.elements()
		if len(list) == 0 {
			return nil
		}
		if len(list) > 1 {
			r.warn(list[1], "multi-auth", "put the one that runs first", "only the first of %d auths is used", len(list))
			r.lose(it, "auth: %d of %d entries, as only the first is used", len(list)-1, len(list))
		}
		v = list[0]
	}
	switch {
	case v.isNull():
		return nil
	case !v.isMap():
		r.wrong(v, "write {type: bearer, credentials: {token: …}}", "auth: expected a map with type and credentials, found %s", v.shown())
		return nil
	}
	r.known(v, "auth", "type", "credentials", "id", "name", "rules")
	if v.has("rules") {
		r.lose(it, "auth: rules")
	}
	kind := r.text(v.get("type"), "auth type")
	if kind == "" {
		r.wrong(v, "write type: bearer, basic, apikey …", "the auth has no type")
		return nil
	}
	if kind == "inherit" {
		return nil
	}
	names := credentialNames(kind)
	if names == nil {
		hint := "the types are " + strings.Join(authTypes(), ", ")
		if meant := near.Names(kind, authTypes(), 1); len(meant) > 0 {
			hint = "did you mean " + meant[0] + "?"
		}
		r.warn(v.get("type"), "auth-type", hint, "%q is no auth type that Postman knows, so requests go out without it", kind)
	}
	a := &collection.Auth{Type: kind}
	for _, e := range r.credentials(v.get("credentials")) {
		if names != nil && !slices.Contains(names, e.key) {
			hint := kind + " has none of that name"
			if len(names) > 0 {
				hint = kind + " has " + strings.Join(names, ", ")
			}
			if meant := near.Names(e.key, names, 1); len(meant) > 0 {
				hint = "did you mean " + meant[0] + "?"
			}
			r.warn(e.place, "credential-name", hint, "%q is no credential of %s, and Postman drops it", e.key, kind)
		}
		a.Params = append(a.Params, credential(e))
	}
	return a
}

// credentials reads a map, or a list of {key, value}.
func (r *reader) credentials(v value) []pair {
	switch {
	case v.isNull(), v.isMap():
		return v.pairs()
	case !v.isList():
		r.wrong(v, "write credentials as keys and values", "credentials: expected a map, found %s", v.shown())
		return nil
	}
	var list []pair
	for _, e := range v.elements() {
		if !e.isMap() || e.get("key").isNull() {
			r.wrong(e, "write {key: name, value: text}", "credentials: expected a map with key and value, found %s", e.shown())
			continue
		}
		list = append(list, pair{key: r.text(e.get("key"), "credentials: key"), place: e.get("key"), value: e.get("value")})
	}
	return list
}

func credential(p pair) collection.AuthParam {
	v := p.value.json()
	kind := "any"
	switch v.Kind() {
	case collection.Bool:
		kind = "boolean"
	case collection.String:
		kind = "string"
	case collection.Number:
		v, kind = collection.Text(v.String()), "string" // a token or a password may well be all digits
	default:
	}
	return collection.AuthParam{Key: p.key, Value: v, Type: kind}
}
