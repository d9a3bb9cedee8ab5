"""Instructions in disguise: text from outside that tells MIA what to do is held back until the user confirms it. Pure.

Finding such text is depth, not a boundary: published detectors were nearly all broken by adaptive attacks. The
boundary is that
text from outside never becomes a procedure, and reaches the prompt as a quotation with its source (docs/memory.md).
"""

import re
import unicodedata
from typing import Final

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_SHAPES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(ignore|disregard|forget|override|bypass)\b.{0,40}\b(previous|prior|above|all|any|your|these|those|earlier)\b",
        r"\b(when|whenever|if|once|as soon as|every time|next time)\b.{0,80}"
        r"\b(mention|say|ask|tell|read|send|open|switch|turn|delete|run|call|reply|respond|answer|recommend|use|visit)",
        r"\b(you (must|should|shall|have to|need to|are (now )?(to|a|an)|will( now)?)"
        r"|your (task|job|role|goal|instructions?))\b",
        r"\b(from now on|always|never)\b.{0,60}"
        r"\b(say|tell|send|answer|reply|respond|recommend|use|call|trust|prefer|mention)",
        r"\b(remember|memori[sz]e|note|keep in mind|store|save)\b.{0,20}\b(that|this|the following|to)\b",
        r"\b(do not|don't|never)\b.{0,30}\b(tell|mention|reveal|inform|warn|show|ask|follow)\b",
        r"\b(read out|send|forward|e-?mail|post|upload|leak|disclose|reveal|exfiltrate|share)\b"
        r".{0,60}\b(password|iban|key|code|secret|address|account|data|prompt|messages?|file)",
        r"\b(execute|run|invoke|call)\b.{0,20}\b(command|tool|function|script|code|shell)\b",
        r"\b(system prompt|developer mode|jailbreak|new instructions?|act as|pretend (to be|you)"
        r"|as an? (ai|assistant))\b",
        r"(^|\n)\s*(system|assistant|user|instruction)s?\s*:",
        r"<\|?\s*(im_start|system|inst|/?s)\b|\[/?INST\]|#{2,}\s*(instruction|system)",
        r"^\s*(please\s+)?(tell|write|send|provide|give|create|generate|recommend|insert|include|add|append|respond|reply|say|"
        r"click|visit|open|download|buy|subscribe|install|translate|encode|convert|modify|explain|summari[sz]e|use|disable|"
        r"suggest|help|list|identify|propose|develop|offer|analy[sz]e|design|make|change|replace|delete|remove|enable|turn|"
        r"switch|call|execute|run|print|output|repeat|show|mention|promote|emphasi[sz]e|stop|start|ignore)\b",
    )
)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")


def visible(untrusted_text: str) -> str:
    """Return `untrusted_text` as a person sees it: without invisible characters, letters normalised."""
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", untrusted_text))


def looks_like_instruction(untrusted_text: str) -> bool:
    """Tell whether a sentence of `untrusted_text` is shaped like an order to an assistant."""
    text = visible(untrusted_text)
    return any(shape.search(one) for one in (text, *_SENTENCE.split(text)) for shape in _SHAPES)
