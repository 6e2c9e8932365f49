package naming

import "slices"

// authFields are the secret fields of each authentication scheme, by their names in a collection. User names and ids
// are not secrets. docs/reports.md has the table, and a test compares them.
//
//nolint:gochecknoglobals // a table
var authFields = map[string][]string{
	"apikey":   {"value"},
	"asap":     {"privateKey"},
	"awsv4":    {"secretKey", "sessionToken"},
	"basic":    {"password"},
	"bearer":   {"token"},
	"digest":   {"password"},
	"edgegrid": {"accessToken", "clientToken", "clientSecret"},
	"hawk":     {"authKey"},
	"jwt":      {"secret", "privateKey"},
	"ntlm":     {"password"},
	"oauth1":   {"consumerSecret", "token", "tokenSecret", "privateKey", "consumerPrivateKey", "verifier"},
	"oauth2":   {"accessToken", "refreshToken", "idToken", "clientSecret", "password", "code", "code_verifier"},
}

// AuthFields returns the secret fields of a scheme, nil for one that is not known.
func AuthFields(scheme string) []string { return authFields[scheme] }

// AuthField reports whether a field of an authentication scheme is secret. Fields that the table does not have, and those
// of schemes that it does not have, are judged by their names.
func AuthField(scheme, field string) bool {
	if scheme == "awsv4" && field == "accessKey" {
		return false // it is an id, for all its name
	}
	return slices.Contains(authFields[scheme], field) || Names(field)
}
