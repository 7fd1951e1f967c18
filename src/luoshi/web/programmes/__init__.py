"""Programmes (专项): a campaign, a plenary, an inspection, with its documents, scheme versions, meetings, studies and research topics."""
