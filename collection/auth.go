package collection

import (
	"slices"
)

// auth reads {type, <type>: parameters}, the parameters being a list (2.1) or a map (2.0).
// Without a type that is text, nothing is set and the parent's auth holds: nil is "inherit",
// an Auth of type noauth is "send none".
func (r *reader) auth(n node) *Auth {
	switch {
	case n.isObject():
	case !n.truthy():
		return nil
	default:
		r.wrong(n, "an auth object")
		return nil
	}
	o := n.object()
	t := o.get("type")
	if !t.isString() || t.Str == "" {
		return nil
	}
	// The parameters of other types, which Postman leaves in the file when the user tries
	// several, are not read.
	return &Auth{Type: t.Str, Params: authParams(o.get(t.Str))}
}

// authParams reads the parameters as a list of {key, value, type} or as an object of names,
// which Postman wrote before format 2.1. Values keep their JSON type: a nonce count may be a
// number, a flag may be a text.
func authParams(n node) []AuthParam {
	var list []AuthParam
	if n.isObject() {
		for _, f := range n.object().fields {
			list = append(list, AuthParam{Key: f.key, Value: f.val.value()})
		}
		return list
	}
	for _, e := range n.elements() {
		if !e.isObject() {
			continue // newman: such entries are dropped
		}
		o := e.object()
		p := AuthParam{Key: o.get("key").text(), Value: o.get("value").value(), Type: o.get("type").text()}
		list = append(list, p)
	}
	return list
}

// Param returns the value of a parameter, or undefined. Of several with one key the last
// counts (newman: VariableList). A nil Auth has no parameters.
func (a *Auth) Param(key string) Value {
	if a == nil {
		return Value{}
	}
	for _, p := range slices.Backward(a.Params) {
		if p.Key == key {
			return p.Value
		}
	}
	return Value{}
}

// SetParam replaces the last parameter of that key, or adds one. It changes a in place, so it
// is for copies only.
func (a *Auth) SetParam(key string, v Value) {
	for i, p := range slices.Backward(a.Params) {
		if p.Key == key {
			a.Params[i].Value = v
			return
		}
	}
	a.Params = append(a.Params, AuthParam{Key: key, Value: v})
}

// An AuthType is what Postman knows of a type of authentication. Checks of a collection
// compare what they find with it.
type AuthType struct {
	Name   string
	Params []string // their names in format 2, which are those of Postman's form and of newman's authorizers
	Needed []string // those without which nothing is signed; nil where that depends on others
	Unsent bool     // of protocols other than HTTP: requests go out without it
}

// AuthTypes is the table of all types. To add one, write its row here and its scheme in
// internal/auth; a test there compares the parameters that the scheme reads. The result is
// the caller's own.
func AuthTypes() []AuthType {
	return []AuthType{
		{Name: "basic", Params: []string{"username", "password", "showPassword", "saveHelperData", "id"}, Needed: []string{"username", "password"}},
		{Name: "bearer", Params: []string{"token"}, Needed: []string{"token"}},
		{Name: "apikey", Params: []string{"key", "value", "in"}, Needed: []string{"key", "value"}},
		{Name: "digest", Params: []string{
			"username", "password", "realm", "nonce", "nonceCount", "clientNonce", "opaque", "qop", "algorithm", "disableRetryRequest",
			"showPassword",
		}, Needed: []string{"username", "password"}},
		{Name: "oauth1", Params: []string{ // signed with a secret or with a key, so neither is needed alone
			"consumerKey", "consumerSecret", "consumerPrivateKey", "token", "tokenSecret", "privateKey", "signatureMethod", "timestamp", "nonce",
			"version", "realm", "callback", "verifier", "includeBodyHash", "addParamsToHeader", "addEmptyParamsToSign", "autoAddParam",
			"disableHeaderEncoding",
		}},
		{Name: "oauth2", Params: []string{
			"accessToken", "addTokenTo", "tokenType", "headerPrefix", "tokenName", "challengeAlgorithm", "scope", "state", "clientId",
			"clientSecret", "authUrl", "accessTokenUrl", "redirect_uri", "callBackUrl", "grant_type", "code_verifier", "client_authentication",
			"username", "password", "useBrowser", "refreshTokenUrl", "refreshToken", "authRequestParams", "tokenRequestParams",
			"refreshRequestParams", "resource", "audience", "expires_in", "usePkce", "idToken", "timestamp", "accessTokenKey",
			"refresh_token_url", "grantType", "clientAuth",
		}},
		{Name: "jwt", Params: []string{
			"algorithm", "secret", "isSecretBase64Encoded", "payload", "headerPrefix", "queryParamKey", "addTokenTo", "header", "privateKey",
			"headers", "kid",
		}},
		{Name: "awsv4", Params: []string{
			"accessKey", "secretKey", "region", "service", "sessionToken", "addAuthDataToQuery", "auto", "id", "saveHelper", "time",
		}, Needed: []string{"accessKey", "secretKey"}},
		{Name: "hawk", Params: []string{
			"authId", "authKey", "algorithm", "nonce", "timestamp", "extraData", "app", "delegation", "user", "includePayloadHash",
		}, Needed: []string{"authId", "authKey"}},
		{Name: "ntlm", Params: []string{
			"username", "password", "domain", "workstation", "disableRetryRequest", "showPassword",
		}, Needed: []string{"username", "password"}},
		{Name: "asap", Params: []string{"alg", "kid", "iss", "exp", "expiresIn", "aud", "sub", "privateKey", "claims"}},
		{Name: "edgegrid", Params: []string{
			"accessToken", "clientToken", "clientSecret", "baseURL", "baseUri", "nonce", "timestamp", "headersToSign", "maxBodySize", "maxBody",
		}, Needed: []string{"accessToken", "clientToken", "clientSecret"}},
		{Name: "azure", Unsent: true, Params: []string{"username", "password", "token", "mechanism", "accountName", "accountKey", "key"}}, // for Azure's event brokers
		{Name: "sasl", Unsent: true, Params: []string{"username", "password", "token", "mechanism", "accountName", "accountKey", "key"}},  // for Kafka and other brokers
		{Name: "noauth"}, // says that nothing is inherited
	}
}

// FindAuthType returns the type of that name, and whether there is one. "inherit" is not a type.
func FindAuthType(name string) (AuthType, bool) {
	for _, t := range AuthTypes() {
		if t.Name == name {
			return t, true
		}
	}
	return AuthType{}, false
}
