"""Forms about one's own account: password, invitation."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password

from luoshi.text.language import _
from luoshi.web.common.forms import PageForm
from luoshi.web.orgs.models import User


def _password(label: str, *, new: bool, help_text: str = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "current-password"})
    return forms.CharField(label=label, strip=False, widget=widget, help_text=help_text, max_length=512)


class NewPasswordForm(PageForm):
    """A new password, twice."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["new"] = _password(_("新口令"), new=True, help_text=password_validators_help_texts()[0])
        self.fields["again"] = _password(_("再输一遍"), new=True)

    def clean_new(self) -> str:
        """By the rules of the installation."""
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        return new

    def clean_again(self) -> str:
        """The same twice."""
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_("两次输入的不一样。"))
        return again


class ChangePasswordForm(NewPasswordForm):
    """The old password, and a new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old"] = _password(_("原口令"), new=False)
        self.order_fields(["old", "new", "again"])
