package evidence

import (
	"encoding/base64"
	"strings"

	"github.com/tidwall/gjson"
)

// Claims reads what a JWT says, without verifying it. It reports whether the token is one.
func Claims(token string) (gjson.Result, bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return gjson.Result{}, false
	}
	data, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil || !gjson.ValidBytes(data) {
		return gjson.Result{}, false
	}
	claims := gjson.ParseBytes(data)
	return claims, claims.IsObject()
}
