"""What an alignment looks like outside of Luoshi: data, a workbook, plain text, a page. One upper document, one or several lower ones.

The words are the glossary's neutral ones: wording is compared, work is not judged.
"""
