package collection

import (
	"github.com/tidwall/gjson"

	"posthaste/collection/source"
)

// auth1 reads auth, unless the older currentHelper or helperAttributes are there. A helper
// that is null or unknown gives nil, which inherits.
func (v *v1) auth1(o object) *Auth {
	if !o.has("currentHelper") && !o.has("helperAttributes") {
		return v.auth(o.get("auth"))
	}
	helper := o.get("currentHelper").text()
	typ := v1Helper(helper)
	if typ == "" {
		return nil
	}
	attrs := o.get("helperAttributes")
	// Very old files have the attributes as JSON in a text; what cannot be read is ignored,
	// as in newman.
	if attrs.isString() {
		if source.CheckJSON(attrs.Str, 0) != nil {
			return nil
		}
		attrs = newNode(gjson.Parse(attrs.Str))
	}
	a := &Auth{Type: typ}
	for _, f := range attrs.object().fields {
		if f.key == "id" {
			continue // of the helper's form in old Postman, not a parameter
		}
		p := AuthParam{Key: v1Param(typ, f.key), Value: f.val.value(), Type: "any"} // the types are those that Postman writes in format 2.1
		switch p.Value.Kind() {
		case String:
			p.Type = "string"
		case Bool:
			p.Type = "boolean"
		case Number:
			p.Type = "number"
		default: // any
		}
		a.Params = append(a.Params, p)
	}
	return a
}

// v1Helper names the scheme of a helper, "" when the helper has no known one (newman:
// postman-collection-transformer, util.js).
func v1Helper(helper string) string {
	switch helper {
	case "basicAuth":
		return "basic"
	case "bearerAuth":
		return "bearer"
	case "digestAuth":
		return "digest"
	case "hawkAuth":
		return "hawk"
	case "oAuth1":
		return "oauth1"
	case "oAuth2":
		return "oauth2"
	case "ntlmAuth":
		return "ntlm"
	case "awsSigV4":
		return "awsv4"
	case "apikeyAuth":
		return "apikey"
	case "jwtAuth":
		return "jwt"
	case "asapAuth":
		return "asap"
	case "edgegridAuth":
		return "edgegrid"
	case "noAuth", "noauth":
		return "noauth"
	}
	return ""
}

// v1Param returns today's name of a parameter; most have not changed.
func v1Param(typ, key string) string {
	switch typ + "." + key {
	case "oauth1.header":
		return "addParamsToHeader"
	case "oauth1.auto":
		return "autoAddParam"
	case "oauth1.includeEmpty":
		return "addEmptyParamsToSign"
	case "hawk.hawk_id":
		return "authId"
	case "hawk.hawk_key":
		return "authKey"
	case "hawk.ext":
		return "extraData"
	case "hawk.app":
		return "appId"
	case "hawk.dlg":
		return "delegation"
	}
	return key
}
