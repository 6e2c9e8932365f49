package sdk

import (
	"github.com/dop251/goja"

	"posthaste/script/lib/sdk/body"
	"posthaste/script/lib/sdk/cookie"
	"posthaste/script/lib/sdk/core"
	"posthaste/script/lib/sdk/entity"
	"posthaste/script/lib/sdk/header"
	"posthaste/script/lib/sdk/property"
	"posthaste/script/lib/sdk/request"
	"posthaste/script/lib/sdk/response"
	"posthaste/script/lib/sdk/url"
	"posthaste/script/lib/sdk/variable"
)

// define returns the class of a name, not built yet. The names are those of names.
func define(s *core.SDK, name string) *core.Class {
	switch name {
	case "PropertyBase":
		return property.BaseClass(s)
	case "Property":
		return property.Class(s)
	case "PropertyList":
		return property.ListClass(s)
	case "Description":
		return property.DescriptionClass(s)
	case "Header":
		return header.Class(s)
	case "HeaderList":
		return header.ListClass(s)
	case "QueryParam":
		return url.QueryParamClass(s)
	case "FormParam":
		return body.FormParamClass(s)
	case "Url":
		return url.Class(s)
	case "Request":
		return request.Class(s)
	case "RequestBody":
		return body.Class(s)
	case "RequestAuth":
		return request.AuthClass(s)
	case "Response":
		return response.Class(s)
	case "Cookie":
		return cookie.Class(s)
	case "CookieList":
		return cookie.ListClass(s)
	case "Variable":
		return variable.Class(s)
	case "VariableList":
		return variable.ListClass(s)
	case "VariableScope":
		return variable.ScopeClass(s)
	}
	return defineEntity(s, name)
}

// defineEntity returns the classes that only require('postman-collection') shows.
func defineEntity(s *core.SDK, name string) *core.Class {
	switch name {
	case "Script":
		return entity.ScriptClass(s)
	case "Event":
		return entity.EventClass(s)
	case "EventList":
		return entity.EventListClass(s)
	case "Item":
		return entity.ItemClass(s)
	case "ItemGroup":
		return entity.ItemGroupClass(s)
	case "Collection":
		return entity.CollectionClass(s)
	case "Version":
		return entity.VersionClass(s)
	case "Certificate":
		return entity.CertificateClass(s)
	case "CertificateList":
		return entity.CertificateListClass(s)
	case "ProxyConfig":
		return entity.ProxyConfigClass(s)
	case "ProxyConfigList":
		return entity.ProxyConfigListClass(s)
	case "UrlMatchPattern":
		return entity.MatchPatternClass(s)
	case "MutationTracker":
		return variable.MutationTrackerClass(s)
	case "UrlMatchPatternList":
		return entity.MatchPatternListClass(s)
	}
	panic("sdk: no class " + name)
}

// names are the constructors of require('postman-collection'), as the SDK exports them.
func names() []string {
	return []string{
		"PropertyBase", "Certificate", "CertificateList", "Collection", "Cookie", "CookieList", "Description",
		"Event", "EventList", "FormParam", "Header", "HeaderList", "Item", "ItemGroup", "MutationTracker", "PropertyList",
		"Property", "QueryParam", "Request", "RequestAuth", "RequestBody", "Response", "Script", "Url",
		"UrlMatchPattern", "UrlMatchPatternList", "Variable", "VariableList", "VariableScope", "ProxyConfig",
		"ProxyConfigList", "Version",
	}
}

// module is the value of require('postman-collection'). Each constructor is made when first read.
func module(s *core.SDK) *goja.Object {
	if s.Module != nil {
		return s.Module
	}
	s.Module = s.VM.NewObject()
	for _, name := range names() {
		getter := s.Function(core.Method{Name: "get " + name, Length: 0, Fn: func(this *goja.Object, _ core.Args) goja.Value {
			ctor := s.Class(name).Ctor
			_ = s.Module.DefineDataProperty(name, ctor, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			return ctor
		}})
		setter := s.Function(core.Method{Name: "set " + name, Length: 1, Fn: func(this *goja.Object, a core.Args) goja.Value {
			_ = this.DefineDataProperty(name, a.At(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			return nil
		}})
		_ = s.Module.DefineAccessorProperty(name, getter, setter, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	return s.Module
}
