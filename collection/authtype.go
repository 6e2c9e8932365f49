package collection

// An AuthType is what Postman knows of a type of authentication.
type AuthType struct {
	Name   string
	Params []string // their names in format 2, which are those of Postman's form and of newman's authorizers
	Needed []string // those without which nothing is signed; nil where that depends on others
	Unsent bool     // of protocols other than HTTP: requests go out without it
}

// AuthTypes is the table of all types. To add one, write its row here and its scheme in internal/auth; a test there
// compares the parameters that the scheme reads.
func AuthTypes() []AuthType {
	return []AuthType{
		{Name: "basic", Params: []string{"username", "password", "showPassword", "saveHelperData", "id"}, Needed: []string{"username", "password"}},
		{Name: "bearer", Params: []string{"token"}, Needed: []string{"token"}},
		{Name: "apikey", Params: []string{"key", "value", "in"}, Needed: []string{"key", "value"}},
		{Name: "digest", Params: []string{
			"username", "password", "realm", "nonce", "nonceCount", "clientNonce", "opaque", "qop", "algorithm", "disableRetryRequest",
			"showPassword",
		}, Needed: []string{"username", "password"}},
		{Name: "oauth1", Params: []string{
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
		{Name: "azure", Unsent: true, Params: []string{"username", "password", "token", "mechanism", "accountName", "accountKey", "key"}},
		{Name: "sasl", Unsent: true, Params: []string{"username", "password", "token", "mechanism", "accountName", "accountKey", "key"}},
		{Name: "noauth"},
	}
}

// FindAuthType returns the type of that name, and whether there is one. "inherit" is none.
func FindAuthType(name string) (AuthType, bool) {
	for _, t := range AuthTypes() {
		if t.Name == name {
			return t, true
		}
	}
	return AuthType{}, false
}
